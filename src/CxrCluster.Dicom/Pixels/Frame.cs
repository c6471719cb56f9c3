namespace CxrCluster.Dicom.Pixels;

/// <summary>One frame of gray samples as the header's bit layout describes them, before any of their meaning is applied.</summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
/// <param name="Samples">Rows x Columns bit patterns; bytes are widened.</param>
internal sealed record Frame(int Rows, int Columns, ushort[] Samples);
