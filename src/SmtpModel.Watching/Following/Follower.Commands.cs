using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>Command lines: form, place, and what is offered.</content>
public sealed partial class Follower
{
    // which extension brings a verb that the base has not; asked for only where one comes without being offered
    private static readonly Lazy<Dictionary<string, string>> Brought = new(() =>
        Profiles
            .Every.Select(part => part.Extension!.Keyword)
            .SelectMany(keyword =>
                Profiles
                    .Composed(keyword)
                    .Table.Commands.Where(use => use.Extension == keyword)
                    .Select(use => (Verb: use.Command.Keyword, Keyword: keyword))
            )
            .DistinctBy(brought => brought.Verb, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(brought => brought.Verb, brought => brought.Keyword, StringComparer.OrdinalIgnoreCase)
    );

    private void CommandLine(ReadOnlySpan<byte> line, LineEnding ending)
    {
        var dialect = _offer.TakesUtf8 && line.ContainsAnyInRange((byte)128, (byte)255) ? Dialect.Rfc6531 : _grounds.Dialect;
        var fault = Protocol.CommandLine.Split(line, dialect, out var keyword, out var argumentSlice);
        var verb = keyword.Of(line);
        var argument = argumentSlice.Of(line);
        var input = new Input { IsDoubtful = ending is LineEnding.Lf || line.Contains((byte)'\r') };
        var column = Find(verb, argument, ref input);
        if (column < 0 && !_spoke && _options.MayBeginLate)
        {
            Opaque("what the client says first is no command of SMTP: not judged");
            return;
        }

        _spoke = true;
        var use = column < 0 ? null : _grounds.Table.Commands[column];

        // the argument of what begins a dialogue may be a secret, and disguised: it is not judged
        var isSecret = use?.Argument.Value is not null && _grounds.HoldsBack[column];
        var isStart = column >= 0 && _grounds.Roles[column] is Role.Hello or Role.Listing;
        var shown = Veiled(line, column >= 0);
        Keep(Side.Client, shown, _grounds, _states, isStart);

        if (_isEarly && _options.HasOrder)
        {
            Hasty(_queue.Last().Column);
        }

        JudgeEnding(line, shown, ending);
        JudgeText(line, isCommand: use is not null);
        if (use is null)
        {
            (input.Column, input.Line) = (_grounds.Unknown, new Line(MoveKind.Unknown, LineShape.Plain));
            Send(input, null, -1, line);
            return;
        }

        var form = _grounds.Kinds[column];
        var path = default(PathArgument);
        fault = fault is SyntaxFault.None ? ArgumentForms.Parse(form, argument, dialect, out path) : fault;

        if (fault is SyntaxFault.None && !isSecret && use.Argument.Value is { } value && !value.Fits(Encoding.Latin1.GetString(argument)))
        {
            fault = SyntaxFault.ArgumentSyntax;
        }

        if (
            fault is not SyntaxFault.None
            && !isSecret
            && ArgumentForms.Broken(fault, form) is { } broken
            && (broken != ClientRules.LineEnd)
            && Counts(broken)
        )
        {
            Accuse(Side.Client, broken, $"{use.Command}: {fault.Describe()}", use.Command.Name, expected: use.Syntax);
        }

        var length = line.Length + 2 - path.Parameters.Length;
        input.IsOverlong = length > ClientRules.CommandLength.Size;
        if (input.IsOverlong && !isSecret && _partLength <= LongestPart)
        {
            Accuse(
                Side.Client,
                ClientRules.CommandLength,
                $"a command line has more than {ClientRules.CommandLength.Size} octets",
                use.Command.Name
            );
        }

        var isFit = Parameters(use, path.Parameters.Of(argument), ref input);
        input.Column = column;
        input.Line = new Line(
            fault is SyntaxFault.None && isFit ? MoveKind.Valid : MoveKind.Malformed,
            fault is SyntaxFault.None && isFit ? Shape(line, column)
                : argument.IsEmpty && fault is not SyntaxFault.None ? LineShape.Bare
                : LineShape.Plain
        );
        input.IsMasked = isSecret;
        Send(input, use, column, argument);
    }

    // octets over 127 where it is not known what was offered
    private bool Counts(Rule rule) => rule != ClientRules.CommandBits || _offer.IsKnown;

    private LineShape Shape(ReadOnlySpan<byte> line, int column)
    {
        Span<char> text = stackalloc char[600];
        if (line.Length > text.Length)
        {
            return LineShape.Plain;
        }

        _ = Encoding.Latin1.GetChars(line, text);
        return LineShapes.Of(text[..line.Length], _grounds.HasOptional[column]);
    }

    private int Find(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> argument, ref Input input)
    {
        var column = _grounds.Recognize(verb, argument);
        if (column >= 0)
        {
            input.IsUnoffered = _grounds.Table.Commands[column].Extension is { } extension && Unoffered(extension, verb);
            return column;
        }

        if (verb.IsEmpty || verb.Length > 16)
        {
            return -1;
        }

        var name = Encoding.ASCII.GetString(verb);
        if (!_hasHello && _base != Profiles.Lmtp && string.Equals(name, Rfc2033.LHLO.Name, StringComparison.OrdinalIgnoreCase))
        {
            _base = Profiles.Lmtp;
            MoveTo(new Offer(_offer.Services, OfferBook.Of(_base)));
            return _grounds.Recognize(verb, argument);
        }

        if (!Brought.Value.TryGetValue(name, out var brings))
        {
            return -1;
        }

        // it was not offered: it is followed all the same
        input.IsUnoffered = Unoffered(brings, verb);
        MoveTo(OfferBook.With(_offer, brings));
        return _grounds.Recognize(verb, argument);
    }

    private bool Unoffered(string extension, ReadOnlySpan<byte> verb)
    {
        if (_offer.Lists(extension))
        {
            return false;
        }

        // ETRN, and what a profile has of its own, may be served without being listed
        Keep(Side.Client, verb, _grounds, _states, isStart: false);
        Accuse(
            Side.Client,
            ClientRules.Unoffered,
            $"{extension} is used and the reply to {Listing} does not list it",
            Encoding.ASCII.GetString(verb).ToUpperInvariant()
        );
        return true;
    }

    // whether all values are written as they should be
    private bool Parameters(CommandUse use, ReadOnlySpan<byte> text, ref Input input)
    {
        var fits = true;
        var all = text;
        while (!text.IsEmpty)
        {
            var space = text.IndexOf((byte)' ');
            var word = space < 0 ? text : text[..space];
            text = space < 0 ? [] : text[(space + 1)..];
            var equals = word.IndexOf((byte)'=');
            fits &= ParameterFits(use, equals < 0 ? word : word[..equals], equals < 0 ? [] : word[(equals + 1)..], equals >= 0, ref input);
        }

        // read from the text as elsewhere, and only where there are two of them or one does not fit
        input.Barred = _offer.IsKnown && !input.IsUnoffered && all.Length > 0 && (!fits || all.Contains((byte)' '))
            ? ParameterLines.Barred(_grounds.Table, use.Command, $"> {Encoding.Latin1.GetString(all)}") : null;

        return fits;
    }

    private bool ParameterFits(CommandUse use, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value, bool hasValue, ref Input input)
    {
        foreach (var (octets, parameter) in _grounds.Parameters)
        {
            if (!Ascii.EqualsIgnoreCase(octets, keyword) || !parameter.Commands.Contains(use.Command))
            {
                continue;
            }

            if (!_offer.Lists(parameter.Extension))
            {
                break;
            }

            var isFit = parameter.Value is null ? !hasValue : hasValue && parameter.Value.Fits(Encoding.Latin1.GetString(value));
            if (!isFit && !_offer.HasUnknown)
            {
                Accuse(
                    Side.Client,
                    ClientRules.Syntax,
                    $"the value of {parameter} is not written as it should be",
                    use.Command.Name,
                    expected: parameter.Syntax
                );
            }

            if (
                parameter.Keyword == Rfc1870.SIZE.Keyword
                && _offer.Services?[parameter.Extension] is { } listed
                && parameter.Bound.In(listed.Parameters) is { } bound
                && parameter.Bound.IsOverstepped(Encoding.Latin1.GetString(value), bound)
            )
            {
                Accuse(Side.Client, ClientRules.Size, "a size over the limit that is offered is declared", use.Command.Name);
            }

            return isFit;
        }

        if (_offer.IsKnown && !_offer.HasUnknown)
        {
            input.IsUnoffered = true;
            var name = Printable.Text(Encoding.Latin1.GetString(keyword), 40);
            Accuse(
                Side.Client,
                use.Command == Rfc821.RCPT ? ClientRules.RcptParameter : ClientRules.MailParameter,
                $"the parameter {name} belongs to no extension that the reply to {Listing} lists",
                use.Command.Name
            );
        }

        return false;
    }

    private void Send(Input input, CommandUse? use, int column, ReadOnlySpan<byte> argument)
    {
        if (use is not null)
        {
            JudgePlace(use, column);
            Note(_grounds.Roles[column], input.Line.Kind is MoveKind.Valid);
        }

        _queue.Enqueue(input);
        if (
            use?.Command.Block is { } block
            && block.Count(Encoding.Latin1.GetString(argument)) is > 0 and var count
            && _options.HasLineEnds
        )
        {
            (_mode, _blockLeft) = (Mode.Block, count);
        }
        else if (column >= 0 && _grounds.HoldsBack[column])
        {
            (_mode, _isHeldEarly) = (Mode.Held, false);
        }
    }

    private void Note(Role role, bool isValid)
    {
        switch (role)
        {
            case Role.Hello or Role.Listing:
                (_hasHello, _hasEhlo) = (true, _hasEhlo || role is Role.Listing);
                (_mailSent, _rcptSent) = (false, false);
                break;
            case Role.Mail:
                (_mailSent, _rcptSent) = (true, false);
                break;
            case Role.Rcpt:
                _rcptSent = true;
                break;
            case Role.Reset:
                (_mailSent, _rcptSent) = (false, false);
                break;
            case Role.Ending:
                _quitSent |= isValid;
                break;
            default:
                break;
        }
    }
}
