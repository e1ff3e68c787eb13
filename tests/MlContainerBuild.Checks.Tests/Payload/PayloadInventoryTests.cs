using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class PayloadInventoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void CountsEveryFileByKind()
    {
        Make("app.dll", 300);
        Make("lib/onnxruntime.dll", 200);
        Make("models/iris.ONNX", 4000);
        Make("models/iris.onnx_data", 1000);
        Make("runtimes/linux-x64/native/libonnxruntime.so", 70);
        Make("runtimes/linux-x64/native/libcudart.so.12", 30);
        Make("appsettings.json", 5);
        Make(".hidden", 1);

        PayloadInventory inventory = PayloadInventory.Read(folder.Path);

        Assert.Equal(8, inventory.FileCount);
        Assert.Equal(5606, inventory.Size);
        Assert.Equal<PayloadShare>(
            [
                new PayloadShare(PayloadFileKind.Model, 2, 5000),
                new PayloadShare(PayloadFileKind.Assembly, 2, 500),
                new PayloadShare(PayloadFileKind.NativeLibrary, 2, 100),
                new PayloadShare(PayloadFileKind.Other, 2, 6),
            ],
            inventory.Shares);
        Assert.Equal(
            [new PayloadFile("models/iris.ONNX", 4000), new PayloadFile("models/iris.onnx_data", 1000), new PayloadFile("app.dll", 300)],
            inventory.LargestFiles.Take(3));
    }

    [Fact]
    public void KeepsTheTwelveLargestFilesInAStableOrder()
    {
        for (int i = 0; i < 40; i++)
            Make($"{i:00}.bin", i < 20 ? 10 : 20 + i);

        PayloadInventory inventory = PayloadInventory.Read(folder.Path);

        Assert.Equal(40, inventory.FileCount);
        Assert.Equal(Enumerable.Range(28, 12).Reverse().Select(i => $"{i:00}.bin"), inventory.LargestFiles.Select(file => file.Path));
    }

    [Fact]
    public void FilesOfOneSizeAreChosenByName()
    {
        foreach (int i in Enumerable.Range(0, 20).Reverse())
            Make($"{i:00}.bin", 10);

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i:00}.bin"), PayloadInventory.Read(folder.Path).LargestFiles.Select(file => file.Path));
    }

    [Fact]
    public void AFolderThatIsNotThereIsEmpty()
    {
        PayloadInventory inventory = PayloadInventory.Read(Path.Combine(folder.Path, "none"));

        Assert.Equal((0, 0), (inventory.FileCount, inventory.Size));
        Assert.Empty(inventory.Shares);
        Assert.Empty(inventory.LargestFiles);
    }

    [Fact]
    public void ALinkCountsAsTheFileBehindItAndALoopOfFoldersEnds()
    {
        Make("models/iris.onnx", 4000);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "latest.onnx"), Path.Combine(folder.Path, "models/iris.onnx"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "broken.onnx"), Path.Combine(folder.Path, "gone"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "models/loop"), folder.Path);

        PayloadInventory inventory = PayloadInventory.Read(folder.Path);

        Assert.Equal((3, 8000), (inventory.FileCount, inventory.Size));
    }

    [Fact]
    public void AWalkCanBeCancelled()
    {
        Make("app.dll", 1);

        Assert.Throws<OperationCanceledException>(() => PayloadInventory.Read(folder.Path, new CancellationToken(canceled: true)));
    }

    public void Dispose() => folder.Dispose();

    private void Make(string path, int size)
    {
        string full = folder.Write(path, "");
        using FileStream file = File.OpenWrite(full);
        file.SetLength(size);
    }
}
