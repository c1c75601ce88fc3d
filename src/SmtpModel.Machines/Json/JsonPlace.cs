using System.Text.Json;

namespace SmtpModel.Machines;

/// <summary>A value of a JSON document that knows where it is, so that what is wrong with it can be said with its place.</summary>
internal sealed class JsonPlace(JsonElement value, string path)
{
    public string Path => path;

    /// <summary>This must be an object with these properties and no others; those with a question mark may be missing.</summary>
    public JsonPlace Object(params string[] names)
    {
        Need(JsonValueKind.Object, "an object");
        HashSet<string> seen = [];
        foreach (var property in value.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                throw Wrong($"the property '{property.Name}' is there twice");
            }

            if (!names.Contains(property.Name) && !names.Contains(property.Name + "?"))
            {
                throw Wrong(
                    $"there is no property '{property.Name}' here; there are {string.Join(", ", names.Select(name => name.TrimEnd('?')))}"
                );
            }
        }

        foreach (var name in names.Where(name => !name.EndsWith('?') && !value.TryGetProperty(name, out _)))
        {
            throw Wrong($"the property '{name}' is missing");
        }

        return this;
    }

    public JsonPlace this[string name] => new(value.GetProperty(name), $"{path}.{name}");

    public JsonPlace? Find(string name)
    {
        Need(JsonValueKind.Object, "an object");
        return value.TryGetProperty(name, out var found) && found.ValueKind is not JsonValueKind.Null
            ? new JsonPlace(found, $"{path}.{name}")
            : null;
    }

    public IReadOnlyList<JsonPlace> Items()
    {
        Need(JsonValueKind.Array, "an array");
        return [.. value.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]"))];
    }

    public IReadOnlyList<JsonPlace> Items(string name) => Find(name)?.Items() ?? [];

    public string Text()
    {
        Need(JsonValueKind.String, "a text");
        return value.GetString()!;
    }

    /// <summary>A text that something is known by.</summary>
    public string Name() =>
        Text() is { Length: > 0 } name && name.Trim() == name && !name.Any(char.IsControl)
            ? name
            : throw Wrong("a name is needed: not empty, without spaces at its ends");

    public bool Truth() =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong($"true or false is needed, not {Is()}");

    public int Number(int least, int most) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"a whole number from {least} to {most} is needed, not {value.GetRawText()}");

    /// <summary>A number that is at least 0, whole or not.</summary>
    public double Amount() =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and < double.PositiveInfinity
            ? number
            : throw Wrong($"a number of at least 0 is needed, not {value.GetRawText()}");

    public int[] Codes() => [.. Items().Select(item => item.Number(200, 599))];

    /// <summary>One of the words of an enumeration, in small letters with hyphens.</summary>
    public T Word<T>() where T : struct, Enum
    {
        var word = Text();
        var all = Enum.GetValues<T>();
        return all.Any(one => Of(one) == word)
            ? all.First(one => Of(one) == word)
            : throw Wrong($"'{word}' is none of {string.Join(", ", all.Select(Of))}");
    }

    /// <summary>What a name stands for.</summary>
    public T In<T>(IReadOnlyDictionary<string, T> known, string what) =>
        known.TryGetValue(Text(), out var found) ? found : throw Wrong($"there is no {what} '{Text()}'");

    public JsonPlaceException Wrong(string what) => new(path, what);

    /// <summary>The word an enumeration's value is written as.</summary>
    public static string Of<T>(T one)
        where T : struct, Enum =>
        string.Concat(
            one.ToString()
                .Select(
                    (letter, at) =>
                        char.IsUpper(letter) && at > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()
                )
        );

    private void Need(JsonValueKind kind, string what)
    {
        if (value.ValueKind != kind)
        {
            throw Wrong($"{what} is needed, not {Is()}");
        }
    }

    private string Is() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}

#pragma warning disable CA1032, CA1064 // it never leaves this folder: MachineJson.Read turns it into a value
internal sealed class JsonPlaceException(string path, string message) : Exception(message)
#pragma warning restore CA1032, CA1064
{
    public string Path => path;
}
