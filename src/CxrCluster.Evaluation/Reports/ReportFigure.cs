namespace CxrCluster.Evaluation.Reports;

/// <summary>A picture of the report.</summary>
/// <param name="File">Name within the report's folder.</param>
/// <param name="Alt">What someone who cannot see it needs to know.</param>
/// <param name="Caption">Stands under it.</param>
/// <param name="Wide">Takes the whole width of the page.</param>
internal sealed record ReportFigure(string File, byte[] Png, string Alt, string Caption, bool Wide = false);
