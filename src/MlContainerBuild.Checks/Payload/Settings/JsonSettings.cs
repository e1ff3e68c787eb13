using System.Text;
using System.Text.Json;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>The texts of a JSON file, read as .NET's configuration reads it: comments and trailing commas are no mistake.</summary>
internal static class JsonSettings
{
    /// <summary>What stands before the first mistake; the rest of the file is left to the search for tokens.</summary>
    public static List<PublishedSetting> Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var builder = new SettingsBuilder();
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = SettingPath.MaxDepth };
        var reader = new Utf8JsonReader(bytes, options);
        TextPosition position = TextPosition.Start;
        int at = 0;
        try
        {
            while (reader.Read())
                Take(ref reader);
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode: both are found by trying.
        }

        return builder.Settings;

        void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    builder.Enter();
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    builder.Leave();
                    break;
                case JsonTokenType.PropertyName:
                    builder.Key = reader.GetString();
                    break;
                case JsonTokenType.String:
                    TextPosition start = MoveTo((int)reader.TokenStartIndex);
                    builder.Add(reader.GetString()!, start, MoveTo((int)reader.BytesConsumed));
                    break;
                default:
                    if (builder.Depth > 0)
                        builder.Skip();
                    break;
            }
        }

        TextPosition MoveTo(int index)
        {
            position = position.After(bytes.AsSpan(at, index - at));
            at = index;
            return position;
        }
    }
}
