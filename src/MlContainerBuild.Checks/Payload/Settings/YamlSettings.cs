using MlContainerBuild.Secrets;

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>The texts of a YAML file, of all its documents. Anchors and tags say nothing about a value and are passed over.</summary>
internal static class YamlSettings
{
    /// <summary>What stands before the first mistake, and whether there was one: a template is no YAML before it is filled in.</summary>
    public static (List<PublishedSetting> Settings, bool IsWhole) Read(string text)
    {
        var builder = new SettingsBuilder();
        var isKey = new Stack<bool?>();
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (parser.MoveNext())
            {
                if (!Take(parser.Current!, builder, isKey))
                    return (builder.Settings, false);
            }

            return (builder.Settings, true);
        }
        catch (Exception mistake) when (mistake is YamlException or InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser refuses some texts with exceptions of other kinds (found by trying).
            return (builder.Settings, false);
        }
    }

    // On the stack: whether the next node of a mapping is a key; null in a sequence.
    private static bool Take(ParsingEvent node, SettingsBuilder builder, Stack<bool?> isKey)
    {
        bool standsForKey = isKey.TryPeek(out bool? next) && next == true;
        switch (node)
        {
            case MappingStart or SequenceStart:
                if (builder.Depth >= SettingPath.MaxDepth)
                    return false;

                Turn(isKey);
                builder.Enter();
                isKey.Push(node is MappingStart ? true : null);
                break;
            case MappingEnd or SequenceEnd:
                builder.Leave();
                isKey.Pop();
                break;
            case Scalar scalar when standsForKey:
                builder.Key = scalar.Value;
                Turn(isKey);
                break;
            case Scalar scalar:
                Turn(isKey);
                builder.Add(scalar.Value, Position(scalar.Start), Position(scalar.End));
                break;
            case AnchorAlias when builder.Depth > 0:
                Turn(isKey);
                builder.Skip();
                break;
            default:
                break;
        }

        return true;
    }

    private static void Turn(Stack<bool?> isKey)
    {
        if (isKey.TryPop(out bool? now))
            isKey.Push(!now);
    }

    private static TextPosition Position(Mark mark) => new((int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));
}
