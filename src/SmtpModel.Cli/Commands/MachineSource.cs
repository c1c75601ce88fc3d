using System.CommandLine;
using System.Reflection;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Commands;

/// <summary>The options that say which machine is meant: a profile of this tool, a JSON file, or an assembly of the user's.</summary>
internal sealed class MachineSource
{
    public const string All = "all";

    private readonly Option<string?> _profile;
    private readonly Option<FileInfo?> _model = Shared.Place(
        "--model",
        "A machine as JSON instead, as 'smtpmodel export --format json' or 'smtpmodel learn --json' writes it.",
        "FILE",
        text => new FileInfo(text)
    );
    private readonly Option<FileInfo?> _assembly = Shared.Place(
        "--assembly",
        "An assembly instead: its public static members of the types Profile and Property are used.",
        "DLL",
        text => new FileInfo(text)
    );
    private readonly string? _standard;

    /// <summary>The options.</summary>
    /// <param name="standard">The profile when nothing is said; one has to be said when null.</param>
    public MachineSource(string? standard)
    {
        _standard = standard;
        _profile = new Option<string?>("--profile")
        {
            Description =
                $"The protocol: {Shared.KnownProfiles}{(standard == All ? ", or all" : "")}."
                    + $"{(standard is null ? "" : $" [default: {standard}]")}",
            HelpName = "NAME",
        };
    }

    public IEnumerable<Option> Options => [_profile, _model, _assembly];

    /// <summary>The machines that were asked for, each with the properties to be proved of it.</summary>
    public IReadOnlyList<(Profile Profile, IReadOnlyList<Property> Properties)> Load(ParseResult parsed)
    {
        var (name, model, assembly) = (parsed.GetValue(_profile), parsed.GetValue(_model), parsed.GetValue(_assembly));
        if (model is not null && (assembly is not null || name is not null))
        {
            throw new UsageException("--model is a machine already; leave out --profile and --assembly");
        }

        if (model is not null)
        {
            return [(Read(model), Properties.All)];
        }

        var (profiles, properties) = assembly is null ? (Profiles.All, Properties.All) : Find(assembly);
        name ??= assembly is null ? _standard : All;
        var chosen = profiles
            .Where(profile => name == All || string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (chosen.Count == 0 && assembly is null && name is not null && Profiles.Find(name) is { } composed)
        {
            chosen = [composed];
        }

        return name is null ? throw new UsageException("which machine? Give --model FILE, --assembly DLL or --profile NAME")
            : chosen.Count == 0
                ? throw new UsageException(
                    assembly is null
                        ? Shared.NoProfile(name, Known(profiles))
                        : $"there is no profile '{name}'{Nearest.Among(name, Known(profiles))}"
                )
            : [.. chosen.Select(profile => (profile, properties))];
    }

    private List<string> Known(IEnumerable<Profile> profiles) =>
        [.. profiles.Select(profile => profile.Name), .. _standard == All ? [All] : Array.Empty<string>()];

    /// <summary>The one machine that was asked for; it can be flattened.</summary>
    public Profile LoadOne(ParseResult parsed)
    {
        var machines = Load(parsed);
        if (machines.Count > 1)
        {
            throw new UsageException(
                $"one machine is needed, not {machines.Count}; say --profile "
                    + $"{string.Join(" or ", machines.Select(machine => machine.Profile.Name))}"
            );
        }

        try
        {
            _ = machines[0].Profile.Table;
            return machines[0].Profile;
        }
        catch (SpecificationException fault)
        {
            throw new UsageException($"the machine cannot be used: {fault.Message}");
        }
    }

    /// <summary>What the file of --model that was loaded says of a server that was learned; null where it is the file of another machine,
    /// or there is none.</summary>
    public LearnedAutomaton? Learned { get; private set; }

    private Profile Read(FileInfo file)
    {
        var said = $"--model {file}";
        var text = Files.Read(said, file.FullName);
        var profile = LearnedFile.Machine(text, said);

        // what it says of a server is looked at whoever reads it: nothing of a damaged file is taken
        Learned = LearnedFile.Noted(LearnedFile.ReadPart(text, said), said);
        return profile;
    }

    private static (IReadOnlyList<Profile> Profiles, IReadOnlyList<Property> Properties) Find(FileInfo file)
    {
        FileKind.CheckFile($"--assembly {file}", file.FullName);
        Files.OrUsage($"--assembly {file}", file.FullName, () => File.OpenRead(file.FullName).Dispose());
        try
        {
            var members = Assembly.LoadFrom(file.FullName).GetExportedTypes().SelectMany(Members).ToList();
            List<Profile> profiles =
            [
                .. members
                    .OfType<Profile>()
                    .Concat(members.OfType<IEnumerable<Profile>>().SelectMany(many => many))
                    .DistinctBy(profile => profile.Name),
            ];
            List<Property> properties =
            [
                .. members.OfType<Property>().Concat(members.OfType<IEnumerable<Property>>().SelectMany(many => many)).Distinct(),
            ];
            return profiles.Count > 0
                ? (profiles, properties)
                : throw new UsageException($"--assembly {file}: it has no public static member of the type {typeof(Profile).FullName}");
        }
        catch (BadImageFormatException)
        {
            throw new UsageException($"--assembly {file}: it is no .NET assembly");
        }
        catch (Exception fault) when (fault is IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new UsageException($"--assembly {file}: a library that it needs is not beside it, or is of another version; "
                + "give the DLL in the folder that 'dotnet publish' wrote");
        }
        catch (TargetInvocationException fault)
        {
            var cause = fault.InnerException is TypeInitializationException { InnerException: { } deeper } ? deeper : fault.InnerException;
            throw new UsageException($"--assembly {file}: {(cause ?? fault).Message}");
        }
    }

    private static IEnumerable<object?> Members(Type type)
    {
        const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.ContainsGenericParameters
            ? []
            : type.GetFields(PublicStatic)
                .Where(field => IsMeant(field.FieldType))
                .Select(field => field.GetValue(null))
                .Concat(
                    type.GetProperties(PublicStatic)
                        .Where(property => IsMeant(property.PropertyType) && property.GetIndexParameters().Length == 0)
                        .Select(property => property.GetValue(null))
                );
    }

    private static bool IsMeant(Type type) => typeof(Profile).IsAssignableFrom(type) || typeof(Property).IsAssignableFrom(type)
        || typeof(IEnumerable<Profile>).IsAssignableFrom(type) || typeof(IEnumerable<Property>).IsAssignableFrom(type);
}
