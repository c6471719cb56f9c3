using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CxrCluster.Storage.Catalogue.Rows;

namespace CxrCluster.Storage.Scores;

/// <summary>The place of a row in the worklist: a key, not a count, so that rows that arrive before it move nothing.</summary>
internal sealed record WorklistCursor(double Rank, string Hospital, string Uid)
{
    /// <summary>The place right after the row.</summary>
    public static WorklistCursor After(ScoreRow row) => new(row.Rank, row.Hospital, row.Uid);

    /// <exception cref="FormatException">The text is no cursor of ours.</exception>
    public static WorklistCursor Parse(string text)
    {
        if (
            Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|') is [var rank, var hospital, var uid]
            && double.TryParse(rank, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        )
            return new WorklistCursor(number, hospital, uid);
        throw new FormatException(
            $"'{text}' is not a worklist cursor: use the one that came with the page before, or none for the first page."
        );
    }

    /// <inheritdoc />
    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Rank:R}|{Hospital}|{Uid}"))
        );
}
