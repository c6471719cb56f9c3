using System.Globalization;

namespace CxrCluster.Dicom.Reports;

/// <summary>What all our objects begin with: identity, patient and study of the image, series, equipment, date and time.</summary>
internal static class ReportHeader
{
    /// <summary>A data set with the modules SOP Common, Patient, General Study, General Series and (Enhanced) General Equipment.</summary>
    public static DataSetWriter Write(
        ScoredImage result,
        SourceImage image,
        string sopClass,
        string sopInstance,
        string modality,
        string series,
        string description
    )
    {
        DateTimeOffset moment = image.Local(result.ScoredAt);
        DataSetWriter data = new();
        image.TakeOver(data);
        return data.Text(0x0008_0016, "UI", sopClass)
            .Text(0x0008_0018, "UI", sopInstance)
            .Text(0x0008_0023, "DA", moment.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            .Text(0x0008_0033, "TM", moment.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture))
            .Text(0x0008_0060, "CS", modality)
            .Text(0x0008_0070, "LO", OwnOutput.Manufacturer)
            .Text(0x0008_103e, "LO", description)
            .Text(0x0008_1090, "LO", OwnOutput.ModelName)
            .Text(0x0018_1000, "LO", result.Hospital)
            .Text(0x0018_1020, "LO", result.ModelVersion)
            // one series per image and model: a report never joins a series of the hospital's own
            .Text(0x0020_000e, "UI", result.Uid(image, series))
            .Text(0x0020_0011, "IS", modality == "SR" ? "9001" : "9002")
            .Text(0x0020_0013, "IS", "1");
    }
}
