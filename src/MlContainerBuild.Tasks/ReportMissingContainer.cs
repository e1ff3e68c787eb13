using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Tasks;

/// <summary>A publish that asked for a container has ended without one (MLC3044); nothing else is looked at.</summary>
public sealed class ReportMissingContainer : GateTask
{
    private protected override void Check(Gate gate, CancellationToken cancellation) =>
        Show(gate.Report with { Findings = Locate(gate.Judge(MissingContainerRule.Check(ProjectFile))) }, isShown: _ => true);
}
