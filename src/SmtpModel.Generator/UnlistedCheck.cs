using System.Reflection;
using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>An extension that is written, and that no list of profiles has, is seen by nothing: no check, no test, no server.</summary>
public static class UnlistedCheck
{
    /// <summary>A diagnostic for each extension of an assembly that is not listed.</summary>
    /// <param name="assembly">The specification.</param>
    /// <param name="listed">The extensions that are composed with a base.</param>
    public static IEnumerable<Diagnostic> Run(Assembly assembly, IEnumerable<ProfilePart> listed)
    {
        var known = listed.ToHashSet();
        return from type in assembly.GetTypes()
               from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
               where field.FieldType == typeof(ProfilePart)
               let part = (ProfilePart)field.GetValue(null)!
               where part.Extension is not null && !known.Contains(part)
               select new Diagnostic(
                   "SMTP022",
                   part.Extension!.Keyword,
                   $"{type.Name}.{field.Name} is in no list of Profiles.cs, so nothing is checked, tested or generated of it: add it to "
                       + "Extensions or WhereOffered",
                   new SourcePlace(part.File, Math.Max(part.Line, 1))
               );
    }
}
