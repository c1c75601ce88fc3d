using SmtpModel.Generator;
using SmtpModel.Machines;
using SmtpModel.Spec;

// smtpmodel-generator OUTPUT [--allow-unsound]
// Run by the build of SmtpModel.Server. Exit code 1, and one compiler line for each fault, when the specification is not sound.
if (args is not [var output, .. var flags] || flags.Except(["--allow-unsound"]).Any())
{
    Console.Error.WriteLine("usage: SmtpModel.Generator OUTPUT.cs [--allow-unsound]");
    return 2;
}

var allowUnsound = flags.Contains("--allow-unsound");
// what is wrong with a base is said of it alone, what is wrong with an extension of that one, and not again of all that is made of them
var diagnostics = Profiles
    .Bases.Prepend(Profiles.Rfc821)
    .SelectMany(SoundnessCheck.Run)
    .DistinctBy(fault => (fault.Id, fault.Message))
    .ToList();
if (diagnostics.Count == 0)
{
    diagnostics =
    [
        .. Profiles
            .Bases.Where(Profiles.All.Contains)
            .SelectMany(profile => CompositionCheck.Run(profile, [.. Profiles.Every.Except(profile.Parts)])),
    ];
}

if (diagnostics.Count == 0)
{
    // submission is RFC 5321 with more on top, and is checked bare and as it is served
    diagnostics = [.. Profiles.Named.Append(Profiles.Served(Profiles.Submission)).SelectMany(SoundnessCheck.Run)];
}

foreach (var warning in UnlistedCheck.Run(typeof(Profiles).Assembly, Profiles.Every))
{
    Console.WriteLine(warning.ToCompilerLine("warning"));
}

// what all profiles inherit is said once, not once for each of them
foreach (var diagnostic in diagnostics.DistinctBy(diagnostic => (diagnostic.Id, diagnostic.Message)))
{
    Console.WriteLine(diagnostic.ToCompilerLine(allowUnsound ? "warning" : "error"));
}

if (diagnostics.Count > 0 && !allowUnsound)
{
    Console.WriteLine(
        "The specification is not sound, so no session was generated. To build it all the same, to see what such a machine does: dotnet "
            + "build -p:AllowUnsoundSpec=true"
    );
    return 1;
}

if (diagnostics.Any(diagnostic => diagnostic.Id == "SMTP000"))
{
    return 1;
}

var text = SessionGenerator.Generate(Profiles.All);
if (!File.Exists(output) || await File.ReadAllTextAsync(output) != text)
{
    await File.WriteAllTextAsync(output, text);
}

return 0;
