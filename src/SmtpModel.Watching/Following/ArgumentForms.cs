using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>Which grammar an argument has.</summary>
internal enum ArgumentForm
{
    /// <summary>One that is not looked at: a secret, or what an extension has a pattern for.</summary>
    Any,
    None,
    Domain,
    Text,
    OptionalText,
    ReversePath,
    ForwardPath,
}

/// <summary>Holds arguments against the grammar that the specification names for them.</summary>
internal static class ArgumentForms
{
    public static ArgumentForm Of(CommandUse use) => use.Argument switch
    {
        { Value: not null } => ArgumentForm.Any,
        var argument when argument == Argument.None => ArgumentForm.None,
        var argument when argument == Rfc821.Domain || argument == Rfc5321.DomainOrLiteral => ArgumentForm.Domain,
        var argument when argument == Rfc821.Text => ArgumentForm.Text,
        var argument when argument == Rfc821.OptionalText => ArgumentForm.OptionalText,
        var argument when argument == Rfc821.From || argument == Rfc5321.FromAndParameters => ArgumentForm.ReversePath,
        var argument when argument == Rfc821.To || argument == Rfc5321.ToAndParameters => ArgumentForm.ForwardPath,
        _ => ArgumentForm.Any,
    };

    public static bool IsPath(ArgumentForm form) => form is ArgumentForm.ReversePath or ArgumentForm.ForwardPath;

    /// <summary>What is wrong with an argument.</summary>
    public static SyntaxFault Parse(ArgumentForm form, ReadOnlySpan<byte> argument, Dialect dialect, out PathArgument path)
    {
        path = default;
        switch (form)
        {
            case ArgumentForm.None:
                return argument.IsEmpty ? SyntaxFault.None : SyntaxFault.ArgumentNotAllowed;
            case ArgumentForm.Domain:
                return DomainGrammar.Parse(argument, dialect, addressLiteral: true);
            case ArgumentForm.Text:
                return StringGrammar.Parse(argument, dialect);
            case ArgumentForm.OptionalText:
                return argument.IsEmpty ? SyntaxFault.None : StringGrammar.Parse(argument, dialect);
            case ArgumentForm.ReversePath:
                return WithParameters(PathGrammar.ParseReversePath(argument, dialect, out path), argument, path);
            case ArgumentForm.ForwardPath:
                return WithParameters(PathGrammar.ParseForwardPath(argument, dialect, out path), argument, path);
            default:
                return SyntaxFault.None;
        }
    }

    /// <summary>The rule on clients that a fault breaks; null where none is certain.</summary>
    public static Rule? Broken(SyntaxFault fault, ArgumentForm form) => fault switch
    {
        SyntaxFault.None => null,
        SyntaxFault.ArgumentNotAllowed => ClientRules.NoArgument,
        SyntaxFault.SpaceAroundColon => ClientRules.Colon,
        SyntaxFault.LocalPartTooLong or SyntaxFault.DomainTooLong or SyntaxFault.PathTooLong => ClientRules.PathLength,
        SyntaxFault.EightBitOctet => ClientRules.CommandBits,
        SyntaxFault.BareCr or SyntaxFault.BareLf => ClientRules.LineEnd,
        // what a client of its own calls VRFY, EXPN, HELP and NOOP with is whatever it likes
        _ => form is ArgumentForm.Text or ArgumentForm.OptionalText && fault is not SyntaxFault.StringMissing ? null : ClientRules.Syntax,
    };

    private static SyntaxFault WithParameters(SyntaxFault fault, ReadOnlySpan<byte> argument, PathArgument path) =>
        fault is SyntaxFault.None && !path.Parameters.IsEmpty ? ParameterGrammar.Parse(path.Parameters.Of(argument)) : fault;
}
