// Trains a softmax regression on the iris data and writes it as an ONNX model. Deterministic: the same file every time.

using IrisTrainer;

if (args is not [var path])
{
    Console.Error.WriteLine("usage: IrisTrainer OUTPUT.onnx");
    return 2;
}

var flowers = IrisData.Load();
// The file is sorted by species, so every fifth row holds out ten of each.
var heldOut = flowers.Where((_, row) => row % 5 == 4).ToArray();
var training = flowers.Where((_, row) => row % 5 != 4).ToArray();

var model = SoftmaxRegression.Train(training, classes: IrisData.Species.Length);
var correct = heldOut.Count(flower => model.Predict(flower.Features) == flower.Species);

var onnx = OnnxExport.Write(model, IrisData.Species);
File.WriteAllBytes(path, onnx);

Console.WriteLine($"trained on {training.Length} flowers; {correct} of {heldOut.Length} held-out flowers are named right");
Console.WriteLine($"{path}: {onnx.Length} bytes");
return 0;
