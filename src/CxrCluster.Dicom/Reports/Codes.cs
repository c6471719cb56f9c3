namespace CxrCluster.Dicom.Reports;

/// <summary>The concepts of our reports: PS3.16 where it has one, SNOMED CT for findings, our own scheme for the rest.</summary>
internal static class Codes
{
    /// <summary>Designator of our scheme; private schemes begin with 99 (PS3.3 section 8.2).</summary>
    public const string OwnScheme = "99CXRCLUSTER";

    public static readonly Code ImagingMeasurementReport = new("126000", "DCM", "Imaging Measurement Report");
    public static readonly Code Language = new("121049", "DCM", "Language of Content Item and Descendants");
    public static readonly Code English = new("en", "RFC5646", "English");
    public static readonly Code ObserverType = new("121005", "DCM", "Observer Type");
    public static readonly Code Device = new("121007", "DCM", "Device");
    public static readonly Code DeviceUid = new("121012", "DCM", "Device Observer UID");
    public static readonly Code DeviceName = new("121013", "DCM", "Device Observer Name");
    public static readonly Code DeviceManufacturer = new("121014", "DCM", "Device Observer Manufacturer");
    public static readonly Code DeviceModel = new("121015", "DCM", "Device Observer Model Name");
    public static readonly Code DeviceSerial = new("121016", "DCM", "Device Observer Serial Number");
    public static readonly Code ProcedureReported = new("121058", "DCM", "Procedure reported");
    public static readonly Code ChestRadiography = new("399208008", "SCT", "Plain chest X-ray");
    public static readonly Code ImageLibrary = new("111028", "DCM", "Image Library");
    public static readonly Code ImageLibraryGroup = new("126200", "DCM", "Image Library Group");
    public static readonly Code Modality = new("121139", "DCM", "Modality");
    public static readonly Code ImagingMeasurements = new("126010", "DCM", "Imaging Measurements");
    public static readonly Code MeasurementGroup = new("125007", "DCM", "Measurement Group");
    public static readonly Code TrackingIdentifier = new("112039", "DCM", "Tracking Identifier");
    public static readonly Code TrackingUid = new("112040", "DCM", "Tracking Unique Identifier");
    public static readonly Code Finding = new("121071", "DCM", "Finding");
    public static readonly Code FindingSite = new("363698007", "SCT", "Finding Site");
    public static readonly Code Lung = new("39607008", "SCT", "Lung");
    public static readonly Code Covid19 = new("840539006", "SCT", "COVID-19");
    public static readonly Code AlgorithmName = new("111001", "DCM", "Algorithm Name");
    public static readonly Code AlgorithmVersion = new("111003", "DCM", "Algorithm Version");
    public static readonly Code AlgorithmParameters = new("111002", "DCM", "Algorithm Parameters");
    public static readonly Code SourceOfMeasurement = new("121112", "DCM", "Source of Measurement");
    public static readonly Code Positive = new("10828004", "SCT", "Positive");
    public static readonly Code Negative = new("260385009", "SCT", "Negative");
    public static readonly Code NoUnits = new("1", "UCUM", "no units");
    public static readonly Code Probability = new("probability", OwnScheme, "Probability of COVID-19, by the model");
    public static readonly Code Threshold = new("threshold", OwnScheme, "Threshold: positive at or above it");
    public static readonly Code Result = new("result", OwnScheme, "Result at the operating point");
    public static readonly Code Caveat = new("caveat", OwnScheme, "Caveat");

    /// <summary>The code of a modality (PS3.16 CID 29).</summary>
    public static Code OfModality(string modality) =>
        modality switch
        {
            "CR" => new Code("CR", "DCM", "Computed Radiography"),
            "DX" => new Code("DX", "DCM", "Digital Radiography"),
            _ => new Code("RG", "DCM", "Radiographic imaging"),
        };
}
