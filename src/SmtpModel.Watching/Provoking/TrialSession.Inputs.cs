using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What the client sends, cut as the state of the machine has it.</content>
internal sealed partial class TrialSession
{
    private const int LongestLineRead = 64 * 1024;
    private readonly ByteBuffer _content = new();
    private MailDataDecoder _decoder;
    private string _lastLine = "";
    private bool _isInData;

    /// <summary>What is shown of a line of a message that came where commands are due, because the data were not asked for or had ended;
    /// null where there is none.</summary>
    public string? Stray { get; private set; }

    /// <summary>What a line that <see cref="Stray"/> is came behind: the reply to DATA, or 0 for the end of data.</summary>
    public int StrayBehind { get; private set; }

    /// <summary>Whether the client began to hand a message over outside TLS.</summary>
    public bool HasSentInClear { get; private set; }

    // the next input; null where the client has closed
    private async Task<(CommandUse Use, MoveKind Kind)?> ReadAsync(CancellationToken stop)
    {
        var reads = Table.Reads(_state);
        if (reads is Reading.Data)
        {
            return await ReadDataAsync(stop) ? (Table.Commands[_grounds.EndOfData], MoveKind.Data) : null;
        }

        if (await ReadLineAsync(stop) is not { } line)
        {
            return null;
        }

        if (reads is Reading.Responses)
        {
            var isCancel = line is [(byte)'*'] && _grounds.Cancel >= 0;
            if (!isCancel)
            {
                TakeResponse(Encoding.Latin1.GetString(line));
            }

            return (Table.Commands[isCancel ? _grounds.Cancel : _grounds.Response], MoveKind.Valid);
        }

        _lastLine = Encoding.Latin1.GetString(line);
        return await CommandAsync(line, stop);
    }

    private async Task<(CommandUse Use, MoveKind Kind)> CommandAsync(byte[] line, CancellationToken stop)
    {
        var dialect =
            line.AsSpan().ContainsAnyInRange((byte)128, (byte)255)
            && Table.Extensions.Any(extension => extension == Rfc6531.Part.Extension)
                ? Dialect.Rfc6531
                : _grounds.Dialect;
        var fault = CommandLine.Split(line, dialect, out var keyword, out var argument);
        var column = fault is SyntaxFault.None ? _grounds.Recognize(keyword.Of(line), argument.Of(line)) : -1;
        if (column < 0)
        {
            NoteStray();
            return (Table.Commands[_grounds.Unknown], MoveKind.Unknown);
        }

        var use = Table.Commands[column];
        var syntax = ArgumentForms.Parse(_grounds.Kinds[column], argument.Of(line), dialect, out _);
        if (use.Command.Block is { } block && block.Count(Encoding.Latin1.GetString(argument.Of(line))) is > 0 and var count)
        {
            await SkipAsync(count, stop);
        }

        Begin(use.Command, Encoding.Latin1.GetString(argument.Of(line)), syntax is SyntaxFault.None);
        return (use, syntax is SyntaxFault.None ? MoveKind.Valid : MoveKind.Malformed);
    }

    private void Begin(Command command, string argument, bool isValid)
    {
        if (!isValid)
        {
            return;
        }

        HasSentInClear |= !IsSecured && Rfc821.Beginning.Contains(command);
        if (command == Rfc4954.AUTH)
        {
            BeginLogin(argument);
        }

        // the path by itself: what parameters there are is the follower's to judge
        var path =
            argument.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && argument.LastIndexOf('>') is var close && close > open
                ? argument[open..(close + 1)]
                : argument;
        if (Rfc821.Beginning.Contains(command))
        {
            _reversePath = path;
            _accepted.Clear();
        }
        else if (command == Rfc821.RCPT)
        {
            _tried.Add(path);
        }
    }

    // a verb is no name of a header field: a colon right behind the first word is what messages have
    private void NoteStray()
    {
        if (Stray is not null)
        {
            return;
        }

        var behind = _requests.Count > 0 ? _requests[^1] : default;
        var isField =
            _lastLine.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            && _lastLine.AsSpan(0, colon).IndexOfAnyExceptInRange('!', '~') < 0;
        if (behind.Command == Rfc821.DATA && behind.Code != 354 && isField)
        {
            (Stray, StrayBehind) = (_follower.ShownOfUnknown(_lastLine), behind.Code);
        }
        else if (_messages.Count > 0 && behind.Command == Rfc821.DATA && MessageFile.IsBehindTheDot(_messages[^1].Content, _lastLine))
        {
            (Stray, StrayBehind) = (_follower.ShownOfUnknown(_lastLine), 0);
        }
    }

    private async Task<bool> ReadDataAsync(CancellationToken stop)
    {
        if (!_isInData)
        {
            (_isInData, _decoder) = (true, new MailDataDecoder(MostContent, MostContent));
            _content.Clear();
        }

        while (true)
        {
            Consume(_decoder.Decode(Waiting, _content));
            if (_decoder.Ended)
            {
                _isInData = false;
                return true;
            }

            if (!await TakeAsync(stop))
            {
                return false;
            }
        }
    }

    private async Task<byte[]?> ReadLineAsync(CancellationToken stop)
    {
        int end;
        while ((end = Waiting.IndexOf((byte)'\n')) < 0)
        {
            if (Waiting.Length > LongestLineRead)
            {
                throw new IOException("a line is longer than is kept");
            }

            if (!await TakeAsync(stop))
            {
                return null;
            }
        }

        // one that is ended by LF alone is blamed by the follower, and answered so that the session goes on
        var line = Waiting[..end].TrimEnd((byte)'\r').ToArray();
        Consume(end + 1);
        return line;
    }

    private async Task SkipAsync(long count, CancellationToken stop)
    {
        _content.Clear();
        while (count > 0)
        {
            if (Waiting.IsEmpty && !await TakeAsync(stop))
            {
                return;
            }

            var taken = (int)Math.Min(count, Waiting.Length);
            if (_content.Length < MostContent)
            {
                _content.Append(Waiting[..Math.Min(taken, MostContent - _content.Length)]);
            }

            Consume(taken);
            count -= taken;
        }
    }
}
