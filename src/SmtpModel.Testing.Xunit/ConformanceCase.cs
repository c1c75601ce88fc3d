using SmtpModel.Machines;
using SmtpModel.Spec;
using Xunit.Sdk;

namespace SmtpModel.Testing.Xunit;

/// <summary>One case of the conformance test, as a row of a theory.</summary>
public sealed class ConformanceCase : IXunitSerializable
{
    /// <summary>For xUnit, which fills it.</summary>
    public ConformanceCase() { }

    internal ConformanceCase(string profile, Depth depth, string id) => (Profile, Depth, Id) = (profile, depth, id);

    /// <summary>The profile it belongs to, as the command line names it.</summary>
    public string Profile { get; private set; } = "";

    /// <summary>How far the test goes that it is a part of.</summary>
    public Depth Depth { get; private set; }

    /// <summary>Its permanent name, as <c>rfc5321/4.1.1.5/RSET-in-RecipientsGiven</c>.</summary>
    public string Id { get; private set; } = "";

    /// <inheritdoc/>
    public void Deserialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        (Profile, Depth, Id) = (info.GetValue<string>("profile")!, info.GetValue<Depth>("depth"), info.GetValue<string>("id")!);
    }

    /// <inheritdoc/>
    public void Serialize(IXunitSerializationInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue("profile", Profile);
        info.AddValue("depth", Depth);
        info.AddValue("id", Id);
    }

    /// <summary>The id of the case.</summary>
    public override string ToString() => Id;

    internal static Profile ProfileOf(string name) =>
        Profiles.Find(name)
        ?? throw new ArgumentException(
            $"there is no profile '{name}'; there are {string.Join(", ", Profiles.Named.Select(one => one.Name))}, and "
                + $"{string.Join(", ", Profiles.Bases.Select(one => one.Name))} with extensions, as rfc5321+size+dsn"
        );
}
