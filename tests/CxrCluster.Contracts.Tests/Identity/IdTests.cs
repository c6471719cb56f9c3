using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Contracts.Tests.Identity;

/// <summary>What holds for every id that is written as one text.</summary>
public abstract class IdTests<TId>
    where TId : struct, IParsable<TId>, IEquatable<TId>
{
    /// <summary>Texts that are ids.</summary>
    protected abstract Gen<string> Valid { get; }

    /// <summary>Texts that are none.</summary>
    protected abstract IReadOnlyList<string> Invalid { get; }

    [Fact]
    public void Parse_AnyValidText_KeepsTheText() =>
        ForAllValid(text =>
            Parse(text).ToString() == text
            && TId.TryParse(text, provider: null, out TId tried)
            && tried.Equals(Parse(text))
        );

    [Fact]
    public void Equals_TwoValidTexts_AsTheTexts() =>
        Prop.ForAll(
                Valid.ToArbitrary(),
                Valid.ToArbitrary(),
                (x, y) =>
                    Parse(x).Equals(Parse(y)) == (x == y)
                    && Parse(x).GetHashCode() == Parse(new string(x.AsSpan())).GetHashCode()
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Json_AnyId_RoundTripsAsValueAndAsKey() =>
        ForAllValid(text =>
        {
            TId id = Parse(text);
            Dictionary<TId, TId[]> map = new() { [id] = [id] };
            string json = JsonSerializer.Serialize(map);
            return json == $$"""{"{{text}}":["{{text}}"]}"""
                && JsonSerializer.Deserialize<Dictionary<TId, TId[]>>(json)![id][0].Equals(id);
        });

    [Fact]
    public void Wire_AnyId_RoundTrips() => ForAllValid(text => Wire.Send(Parse(text)).Equals(Parse(text)));

    [Fact]
    public void Parse_InvalidText_IsRefusedWithASentenceThatQuotesIt()
    {
        foreach (string text in Invalid)
        {
            var exception = Assert.Throws<FormatException>(() => Parse(text));
            Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
            Assert.False(TId.TryParse(text, provider: null, out TId id), $"'{text}' was taken");
            Assert.Equal(default, id);
        }
        Assert.False(TId.TryParse(null, provider: null, out _));
    }

    [Fact]
    public void Json_InvalidText_IsRefusedWithTheSameSentence()
    {
        foreach (string text in Invalid)
        {
            string sentence = Assert.Throws<FormatException>(() => Parse(text)).Message;
            string json = JsonSerializer.Serialize(text);
            Assert.Equal(sentence, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TId>(json)).Message);
        }
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TId>("null"));
    }

    [Fact]
    public void TryParse_AnyText_AgreesWithParse() =>
        Prop.ForAll(
                Gen.OneOf(ArbMap.Default.GeneratorFor<string>(), Valid, Valid.SelectMany(Disturb)).ToArbitrary(),
                text =>
                {
                    bool taken = TId.TryParse(text, provider: null, out TId tried);
                    try
                    {
                        return Parse(text ?? "").Equals(tried) && taken;
                    }
                    catch (FormatException)
                    {
                        return !taken;
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>Words of one rule: characters and the greatest length.</summary>
    protected static Gen<string> Word(string first, string rest, int longest) =>
        from length in Gen.Choose(0, longest - 1)
        from head in Gen.Elements(first.ToCharArray())
        from tail in Gen.Elements(rest.ToCharArray()).ArrayOf(length)
        select head + new string(tail);

    /// <summary>The id of a text.</summary>
    protected static TId Parse(string text) => TId.Parse(text, provider: null);

    private static Gen<string> Disturb(string text) =>
        from place in Gen.Choose(0, text.Length)
        from character in Gen.Elements("\n\0 /@.-_A0é".ToCharArray())
        select text.Insert(place, character.ToString());

    private void ForAllValid(Func<string, bool> property) =>
        Prop.ForAll(Valid.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
