using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Pins;

/// <summary>What makes an item, and what gives it one of its metadata.</summary>
/// <param name="Identity">The evaluated include.</param>
/// <param name="Include">Where the element stands that includes it.</param>
/// <param name="IsOwn">Whether that file is the user's.</param>
/// <param name="IsAlone">Whether the element names this one file and no pattern, list or property.</param>
/// <param name="Metadata">The element that sets the metadatum; null where nothing does.</param>
internal sealed record ItemOrigin(string Identity, SourceSpan Include, bool IsOwn, bool IsAlone, MetadataOrigin? Metadata);

/// <summary>An element that sets a metadatum of an item.</summary>
/// <param name="Item">Where the item element stands, with <c>Include</c> or <c>Update</c>.</param>
/// <param name="Place">Where the metadata element stands, if it is none of the item's attributes.</param>
/// <param name="IsOwn">Whether that file is the user's.</param>
/// <param name="IsAlone">Whether it speaks of this item only.</param>
internal sealed record MetadataOrigin(SourceSpan Item, SourceSpan? Place, bool IsOwn, bool IsAlone);
