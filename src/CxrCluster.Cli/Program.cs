using TorchSharp;

Console.WriteLine(torch.ones(2).sum().item<float>());
using var m = new OpenCvSharp.Mat(4, 4, OpenCvSharp.MatType.CV_8UC1);
Console.WriteLine(m.Rows);
