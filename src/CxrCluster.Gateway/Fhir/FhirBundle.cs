using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CxrCluster.Contracts.Identity;
using CxrCluster.Dicom;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Fhir;

/// <summary>
/// A result as FHIR R4: a collection of DiagnosticReport, Observation, Device and, for DICOM images, ImagingStudy. Ids are made
/// of what they name and times are those of the result, so that asking again gives the same bundle.
/// </summary>
internal static class FhirBundle
{
    /// <summary>Media type of FHIR in JSON.</summary>
    public const string MediaType = "application/fhir+json";

    private const string OwnCodes = "urn:cxrcluster:codes";
    private const string Loinc = "http://loinc.org";
    private const string Snomed = "http://snomed.info/sct";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";
    private const string Caveat =
        "Not for diagnosis: the number of a network for research. A radiologist reads the picture; a PCR test answers whether there is an infection.";

    /// <summary>The bundle of a scored image.</summary>
    /// <param name="image">Its row of the ledger.</param>
    /// <param name="score">A result with a probability.</param>
    /// <param name="header">Its DICOM header; null for other files.</param>
    public static JsonObject Of(InstanceRecord image, ScoreRecord score, DicomHeader? header)
    {
        string key = $"{image.Id.Hospital}|{image.Id.Uid}|{score.Sha256}|{score.Model}";
        string device = Urn($"device|{score.Model}");
        string observation = Urn($"observation|{key}");
        string? study = header is { StudyInstanceUid.Length: > 0 } ? Urn($"study|{key}") : null;
        string when = score.ScoredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        JsonArray entries =
        [
            Entry(Urn($"report|{key}"), Report(image, score, observation, study, when)),
            Entry(observation, Observation(image, score, device, study, when)),
            Entry(device, Device(score.Model)),
        ];
        if (study is not null)
            entries.Add(Entry(study, ImagingStudy(image, header!)));
        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = Uuid($"bundle|{key}").ToString(),
            ["type"] = "collection",
            ["timestamp"] = when,
            ["entry"] = entries,
        };
    }

    private static JsonObject Report(
        InstanceRecord image,
        ScoreRecord score,
        string observation,
        string? study,
        string when
    )
    {
        JsonObject report = new()
        {
            ["resourceType"] = "DiagnosticReport",
            ["status"] = "preliminary",
            ["category"] = new JsonArray(Concept(Terminology + "v2-0074", "RAD", "Radiology")),
            ["code"] = Concept(Loinc, "30745-4", "XR Chest Views"),
            ["subject"] = Subject(image),
            ["issued"] = when,
            ["result"] = new JsonArray(Reference(observation)),
            ["conclusion"] =
                $"{(score.Score.Label == 1 ? "Positive" : "Negative")} at the model's operating point. {Caveat}",
        };
        if (study is not null)
            report["imagingStudy"] = new JsonArray(Reference(study));
        return report;
    }

    private static JsonObject Observation(
        InstanceRecord image,
        ScoreRecord score,
        string device,
        string? study,
        string when
    )
    {
        bool positive = score.Score.Label == 1;
        JsonObject observation = new()
        {
            ["resourceType"] = "Observation",
            ["status"] = "preliminary",
            ["category"] = new JsonArray(Concept(Terminology + "observation-category", "imaging", "Imaging")),
            ["code"] = Concept(OwnCodes, "probability", "Probability of COVID-19, by the model"),
            ["subject"] = Subject(image),
            ["issued"] = when,
            ["valueQuantity"] = Quantity(score.Score.Probability!.Value),
            ["interpretation"] = new JsonArray(
                Concept(
                    Terminology + "v3-ObservationInterpretation",
                    positive ? "POS" : "NEG",
                    positive ? "Positive" : "Negative"
                )
            ),
            ["note"] = new JsonArray(new JsonObject { ["text"] = Caveat }),
            ["bodySite"] = Concept(Snomed, "39607008", "Lung structure"),
            ["device"] = Reference(device),
            ["component"] = new JsonArray(
                new JsonObject
                {
                    ["code"] = Concept(OwnCodes, "threshold", "Threshold: positive at or above it"),
                    ["valueQuantity"] = Quantity(score.Score.Threshold!.Value),
                },
                new JsonObject
                {
                    ["code"] = Concept(OwnCodes, "finding", "Finding that the probability is of"),
                    ["valueCodeableConcept"] = Concept(Snomed, "840539006", "COVID-19"),
                }
            ),
        };
        if (study is not null)
            observation["derivedFrom"] = new JsonArray(Reference(study));
        return observation;
    }

    private static JsonObject Device(ModelId model) =>
        new()
        {
            ["resourceType"] = "Device",
            ["identifier"] = new JsonArray(Identifier("urn:cxrcluster:model", model.ToString())),
            ["manufacturer"] = "CxrCluster",
            ["deviceName"] = new JsonArray(new JsonObject { ["name"] = model.Name, ["type"] = "model-name" }),
            ["version"] = new JsonArray(new JsonObject { ["value"] = model.Version }),
        };

    private static JsonObject ImagingStudy(InstanceRecord image, DicomHeader header) =>
        new()
        {
            ["resourceType"] = "ImagingStudy",
            ["identifier"] = new JsonArray(Identifier("urn:dicom:uid", $"urn:oid:{header.StudyInstanceUid}")),
            ["status"] = "available",
            ["subject"] = Subject(image),
            ["series"] = new JsonArray(
                new JsonObject
                {
                    ["uid"] = header.SeriesInstanceUid,
                    ["modality"] = Coding(Dicom, header.Modality.Length > 0 ? header.Modality : "RG", null),
                    ["instance"] = new JsonArray(
                        new JsonObject
                        {
                            ["uid"] = image.Id.Uid.Value,
                            ["sopClass"] = Coding("urn:ietf:rfc:3986", $"urn:oid:{header.SopClassUid}", null),
                        }
                    ),
                }
            ),
        };

    /// <summary>The hospital's patient, by its own id: the hospital's system knows who that is.</summary>
    private static JsonObject Subject(InstanceRecord image) =>
        image.PatientId is { Length: > 0 } patient
            ? new JsonObject
            {
                ["type"] = "Patient",
                ["identifier"] = Identifier($"urn:cxrcluster:hospital:{image.Id.Hospital}:patient", patient),
            }
            : new JsonObject { ["type"] = "Patient", ["display"] = "unknown" };

    private static JsonObject Entry(string url, JsonObject resource)
    {
        resource["id"] = url["urn:uuid:".Length..];
        return new JsonObject { ["fullUrl"] = url, ["resource"] = resource };
    }

    private static JsonObject Concept(string system, string code, string display) =>
        new() { ["coding"] = new JsonArray(Coding(system, code, display)), ["text"] = display };

    private static JsonObject Coding(string system, string code, string? display)
    {
        JsonObject coding = new() { ["system"] = system, ["code"] = code };
        if (display is not null)
            coding["display"] = display;
        return coding;
    }

    private static JsonObject Quantity(double value) =>
        new()
        {
            ["value"] = Math.Round((decimal)value, 6),
            ["system"] = Ucum,
            ["code"] = "1",
        };

    private static JsonObject Identifier(string system, string value) =>
        new() { ["system"] = system, ["value"] = value };

    private static JsonObject Reference(string url) => new() { ["reference"] = url };

    private static string Urn(string name) => $"urn:uuid:{Uuid(name)}";

    private static Guid Uuid(string name)
    {
        Span<byte> uuid = SHA256.HashData(Encoding.UTF8.GetBytes($"CxrCluster FHIR {name}")).AsSpan(0, 16);
        // RFC 9562: version 8 (made by an own rule), variant 10
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        return new Guid(uuid, bigEndian: true);
    }
}
