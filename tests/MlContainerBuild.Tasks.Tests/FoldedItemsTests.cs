using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MlContainerBuild.Tasks.Tests;

public sealed class FoldedItemsTests
{
    [Theory]
    [InlineData("k=v;ContainerUser=root")]
    [InlineData("http://x:80/y")]
    [InlineData("100%3B of %253B")]
    [InlineData("one\ntwo\r\nthree")]
    [InlineData("")]
    [InlineData("ünïcode 🚀 \\ back\\slash $(Property) @(Item) *")]
    public void AnyValue_ComesBackAsItWas(string value)
    {
        ITaskItem folded = FoldedItems.Fold([Item("label", value)], [Item("VARIABLE", value)]);

        (ITaskItem[] labels, ITaskItem[] variables) = FoldedItems.Unfold([Item("other", "x"), folded])!.Value;

        Assert.Equal(("label", value), Pair(Assert.Single(labels)));
        Assert.Equal(("VARIABLE", value), Pair(Assert.Single(variables)));
    }

    [Fact]
    public void FoldedValue_HoldsNothingThatAPropertyListIsSplitAt()
    {
        ITaskItem folded = FoldedItems.Fold([Item("a;b:c=d%", "e;f:g=h%3B$(X)@(Y)")], []);

        Assert.DoesNotContain(folded.ItemSpec + folded.GetMetadata("Value"), character => ";:=%$@ \n".Contains(character, StringComparison.Ordinal));
    }

    [Fact]
    public void ItemsThatWereNotFolded_StayAlone() => Assert.Null(FoldedItems.Unfold([Item("label", "value")]));

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24")]
    [InlineData("")]
    public void DamagedValue_IsAnErrorOfTheTaskAndNoException(string value)
    {
        var engine = new FakeBuildEngine();
        var task = new UnfoldItems { BuildEngine = engine, Labels = [Item(FoldedItems.LabelName, value)] };

        Assert.False(task.Execute());
        Assert.Equal("MLC3040", Assert.Single(engine.Errors).Code);
    }

    [Fact]
    public void SeveralItems_KeepTheirOrderAndTheirDuplicates()
    {
        ITaskItem folded = FoldedItems.Fold([Item("a", "1"), Item("b", "2"), Item("a", "3")], []);

        (ITaskItem[] labels, ITaskItem[] variables) = FoldedItems.Unfold([folded])!.Value;

        Assert.Equal([("a", "1"), ("b", "2"), ("a", "3")], labels.Select(Pair));
        Assert.Empty(variables);
    }

    private static (string, string) Pair(ITaskItem item) => (item.ItemSpec, item.GetMetadata("Value"));

    private static TaskItem Item(string include, string value)
    {
        var item = new TaskItem(Microsoft.Build.Evaluation.ProjectCollection.Escape(include));
        ((ITaskItem2)item).SetMetadataValueLiteral("Value", value);
        return item;
    }
}
