namespace MlContainerBuild.Checks.Images;

/// <summary>What kind of account the user part of an image's <c>User</c> names.</summary>
internal enum ImageUserKind
{
    /// <summary>Nothing is set.</summary>
    None,

    /// <summary>Uid 0, by name, by number or because only a group is given.</summary>
    Root,

    /// <summary>A number from 1 to 2147483647.</summary>
    Id,

    /// <summary>
    /// A number outside that range. runc refuses it; containerd before 1.6.38, 1.7.27 and 2.0.4 let it overflow to uid 0
    /// (CVE-2024-40635), and before 1.7.32, 2.0.9, 2.2.4 and 2.3.1 took it for a name of the image's own
    /// <c>/etc/passwd</c> (CVE-2026-46680).
    /// </summary>
    OutOfRange,

    /// <summary>A name, to be looked up in the image's <c>/etc/passwd</c>.</summary>
    Name,
}

/// <summary>An image's <c>User</c>, <c>user[:group]</c>, as Linux container runtimes read it.</summary>
/// <param name="User">The user part, trimmed.</param>
/// <param name="Group">The group part, trimmed; null when there is no <c>:</c>.</param>
internal sealed record ImageUser(ImageUserKind Kind, string User, string? Group)
{
    public static ImageUser Parse(string? text)
    {
        text = (text ?? "").Trim();
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string user = (colon < 0 ? text : text[..colon]).Trim();
        string? group = colon < 0 ? null : text[(colon + 1)..].Trim();

        ImageUserKind kind = KindOf(user);
        if (kind == ImageUserKind.None && group is not null)
        {
            // `:1654` leaves the user to the runtime, whose default is 0.
            kind = ImageUserKind.Root;
        }
        else if (kind == ImageUserKind.Id && KindOf(group ?? "") == ImageUserKind.OutOfRange)
        {
            kind = ImageUserKind.OutOfRange;
        }

        return new ImageUser(kind, user, group);
    }

    /// <summary>Whether a Windows image's user is the administrator of its container.</summary>
    public static bool IsWindowsAdministrator(string user)
    {
        ReadOnlySpan<char> account = user.AsSpan().Trim();
        account = account[(account.LastIndexOf('\\') + 1)..];
        return account.Equals("ContainerAdministrator", StringComparison.OrdinalIgnoreCase)
            || account.Equals("Administrator", StringComparison.OrdinalIgnoreCase)
            || account.Equals("SYSTEM", StringComparison.OrdinalIgnoreCase);
    }

    // Names are case-sensitive; numbers may have a sign and leading zeros, as Go's Atoi reads them.
    private static ImageUserKind KindOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return ImageUserKind.None;
        }

        if (text is "root")
        {
            return ImageUserKind.Root;
        }

        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> digits = text[0] is '+' or '-' ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return ImageUserKind.Name;
        }

        digits = digits.TrimStart('0');
        if (digits.IsEmpty)
        {
            return ImageUserKind.Root;
        }

        return !isNegative && int.TryParse(digits, out _) ? ImageUserKind.Id : ImageUserKind.OutOfRange;
    }
}
