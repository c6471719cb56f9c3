namespace CxrCluster.Dicom.Reports;

/// <summary>An item of a structured report's content tree (PS3.3 section C.17.3).</summary>
internal sealed class ContentItem
{
    private readonly DataSetWriter _data = new();
    private readonly List<ContentItem> _children = [];

    private ContentItem(string type, Code? concept)
    {
        _data.Text(0x0040_a040, "CS", type);
        if (concept is not null)
            _data.Code(0x0040_a043, concept);
    }

    public static ContentItem Container(Code concept, string? template = null)
    {
        ContentItem item = new("CONTAINER", concept);
        item._data.Text(0x0040_a050, "CS", "SEPARATE");
        if (template is not null)
            item._data.Sequence(
                0x0040_a504,
                new DataSetWriter().Text(0x0008_0105, "CS", "DCMR").Text(0x0040_db00, "CS", template)
            );
        return item;
    }

    public static ContentItem Coded(Code concept, Code value)
    {
        ContentItem item = new("CODE", concept);
        item._data.Code(0x0040_a168, value);
        return item;
    }

    public static ContentItem Text(Code concept, string value)
    {
        ContentItem item = new("TEXT", concept);
        item._data.Text(0x0040_a160, "UT", value);
        return item;
    }

    public static ContentItem Uid(Code concept, string value)
    {
        ContentItem item = new("UIDREF", concept);
        item._data.Text(0x0040_a124, "UI", value);
        return item;
    }

    public static ContentItem Number(Code concept, double value, Code unit)
    {
        ContentItem item = new("NUM", concept);
        item._data.Sequence(0x0040_a300, new DataSetWriter().Decimal(0x0040_a30a, value).Code(0x0040_08ea, unit));
        return item;
    }

    public static ContentItem Image(Code? concept, SourceImage image)
    {
        ContentItem item = new("IMAGE", concept);
        item._data.Sequence(0x0008_1199, image.Reference());
        return item;
    }

    /// <summary>Adds children under a relationship: "CONTAINS", "HAS CONCEPT MOD", ...</summary>
    public ContentItem With(string relationship, params ReadOnlySpan<ContentItem> children)
    {
        foreach (ContentItem child in children)
        {
            child._data.Text(0x0040_a010, "CS", relationship);
            _children.Add(child);
        }
        return this;
    }

    /// <summary>Writes the item as (part of) a data set.</summary>
    public DataSetWriter Write()
    {
        if (_children.Count > 0)
            _data.Sequence(0x0040_a730, _children.Select(child => child.Write()));
        return _data;
    }

    /// <summary>The item's elements on the data set of the report, whose root it is.</summary>
    public void WriteTo(DataSetWriter report) => report.Add(Write());
}
