namespace MlContainerBuild.Checks.Payload.Leftovers;

/// <summary>What development has left in a publish folder, the weightiest first.</summary>
internal enum LeftoverKind
{
    /// <summary>A repository of Git, Mercurial or Subversion: everything that was ever committed.</summary>
    Repository,

    /// <summary>A notebook; its outputs show data.</summary>
    Notebook,

    /// <summary>Data to train or test with.</summary>
    Dataset,

    /// <summary><c>obj/</c> or <c>bin/</c> of some project.</summary>
    BuildOutput,

    /// <summary>Reports of an earlier publish.</summary>
    Report,

    /// <summary>Debug information that holds the source itself.</summary>
    EmbeddedSource,

    /// <summary>Debug information of somebody else's build that names paths of the machine it ran on.</summary>
    ForeignPaths,

    /// <summary>What nearly every publish has: development settings, debug information, files of an editor.</summary>
    Commonplace,
}
