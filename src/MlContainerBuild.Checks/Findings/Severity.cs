namespace MlContainerBuild.Checks.Findings;

/// <summary>How much a finding matters. Ordered: a higher value is more severe.</summary>
public enum Severity
{
    /// <summary>Switched off by the policy.</summary>
    None = 0,

    /// <summary>Merely common; never fails a publish by default.</summary>
    Info = 1,

    /// <summary>An expert would always change it.</summary>
    Warning = 2,

    /// <summary>Must never ship: fails the publish.</summary>
    Error = 3,
}
