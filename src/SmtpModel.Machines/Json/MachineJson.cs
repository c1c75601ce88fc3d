using System.Text.Json;

namespace SmtpModel.Machines;

/// <summary>
/// A machine as JSON and back: docs/schemas/machine.schema.json says what is in it. What is written is what the specification
/// says, superstates and all, so that reading it gives an equal table. The lines of the specification are not in it.
/// </summary>
public static class MachineJson
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>What may stand in a text that is read besides what JSON has.</summary>
    internal static JsonDocumentOptions Reading { get; } = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The text of a machine, indented, with <c>\n</c> line ends.</summary>
    /// <param name="profile">The machine.</param>
    /// <exception cref="SpecificationException">It cannot be flattened.</exception>
    public static string Write(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return MachineWriter.Write(profile.Table);
    }

    /// <summary>Reads a machine.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A <see cref="MachineRead"/>, or a <see cref="MachineNotRead"/> that says where and what is wrong.</returns>
    public static MachineReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text, Reading);
            return new MachineRead(new MachineReader(new JsonPlace(document.RootElement, "$")).Read());
        }
        catch (JsonException fault)
        {
            return new MachineNotRead(JsonFault.Place(fault), JsonFault.What(text, fault));
        }
        catch (JsonPlaceException fault)
        {
            return new MachineNotRead(fault.Path, fault.Message);
        }
    }
}

/// <summary>What came of reading a machine.</summary>
public abstract record MachineReading
{
    private protected MachineReading() { }
}

/// <summary>It was read. Whether it is sound is for <see cref="SoundnessCheck"/> to say.</summary>
/// <param name="Profile">The machine.</param>
public sealed record MachineRead(Profile Profile) : MachineReading;

/// <summary>It was not read.</summary>
/// <param name="Where">The place, as <c>$.edges[3].rule</c>, or a line.</param>
/// <param name="Message">What is wrong there and what would be right.</param>
public sealed record MachineNotRead(string Where, string Message) : MachineReading;
