using System.Globalization;
using System.Text;


namespace MlContainerBuild.Checks.Models.Loading;

/// <summary>
/// The C# source that gives a project its declared models only when they hash to what it declares. <c>DeclaredModels.cs</c> beside
/// this file, with the names of one project in it; it needs C# 10, .NET 8 and no package.
/// </summary>
public static class ModelLoaderSource
{
    private const string ModelsBegin = "        // <models>\n";
    private const string ModelsEnd = "        // </models>\n";

    private static readonly string Template = ReadTemplate();

    /// <param name="rootNamespace">Where the class goes; empty for the global namespace. What is no identifier in it is made one.</param>
    /// <param name="project">The file name of the project, for messages.</param>
    /// <param name="version">Of this package.</param>
    /// <param name="models">Each path once, relative to the publish folder; a model without a hash can only be refused.</param>
    public static string Create(string rootNamespace, string project, string version, IEnumerable<DeclaredModel> models)
    {
        var arms = new StringBuilder();
        foreach (DeclaredModel model in models.OrderBy(model => model.Path, StringComparer.Ordinal))
        {
            arms.Append(CultureInfo.InvariantCulture, $"        {Literal(model.Path)} => {Literal(model.Sha256 ?? "")},\n");
        }

        int begin = Template.IndexOf(ModelsBegin, StringComparison.Ordinal);
        int end = Template.IndexOf(ModelsEnd, StringComparison.Ordinal) + ModelsEnd.Length;
        string @namespace = NamespaceOf(rootNamespace);
        return new StringBuilder(Template, 0, begin, Template.Length + arms.Length).Append(arms).Append(Template, end, Template.Length - end)
            .Replace("namespace MlContainerBuild.Loading;\n\n", @namespace.Length == 0 ? "" : $"namespace {@namespace};\n\n")
            .Replace("\"Example.csproj\"", Literal(project))
            .Replace("\"0.0.0\"", Literal(version))
            .ToString();
    }

    // An escaped identifier is the same name, and only words of small letters can be keywords.
    private static string NamespaceOf(string text) => string.Join('.', text.Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
    {
        string name = string.Concat(part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));
        return char.IsDigit(name[0]) ? "_" + name : name.All(char.IsAsciiLetterLower) ? "@" + name : name;
    }));

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029')
                literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    private static string ReadTemplate()
    {
        using Stream stream = typeof(ModelLoaderSource).Assembly.GetManifestResourceStream("DeclaredModels.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
