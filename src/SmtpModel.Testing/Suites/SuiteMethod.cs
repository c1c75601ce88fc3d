namespace SmtpModel.Testing.Engine;

/// <summary>How a test suite is made of a machine.</summary>
public enum SuiteMethod
{
    /// <summary>The Wp method (Fujiwara and others 1991).</summary>
    Wp,

    /// <summary>Harmonised state identifiers (Petrenko and others 1993).</summary>
    Hsi,

    /// <summary>The H method (Dorofeeva and others 2010).</summary>
    H,

    /// <summary>A transition tour: every transition once, and no state is identified. For comparison only: it is not complete.</summary>
    Tour,
}

/// <summary>Makes test suites.</summary>
public static class SuiteMaker
{
    /// <summary>
    /// A suite that finds every fault of a machine that has at most as many states as the specification and
    /// <paramref name="extraStates"/> more. A transition tour gives no such guarantee.
    /// </summary>
    /// <param name="machine">The specification.</param>
    /// <param name="method">How the suite is made.</param>
    /// <param name="extraStates">How many states more the implementation may have, 0 or more.</param>
    /// <exception cref="ArgumentException">Two states of the machine are alike, or one cannot be reached.</exception>
    public static SuiteTree Make(Mealy machine, SuiteMethod method = SuiteMethod.Wp, int extraStates = 0)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentOutOfRangeException.ThrowIfNegative(extraStates);
        var separation = new Separation(machine);
        if (separation.Alike.Any())
        {
            var (one, other) = separation.Alike.First();
            throw new ArgumentException(
                $"no sequence tells the states {machine.States[one]} and {machine.States[other]} apart, so no suite can verify them",
                nameof(machine)
            );
        }

        var cover = StateCover.Of(machine);
        return method switch
        {
            SuiteMethod.Wp => WpMethod.Make(separation, cover, extraStates),
            SuiteMethod.Hsi => HsiMethod.Make(separation, cover, extraStates),
            SuiteMethod.H => HMethod.Make(separation, cover, extraStates),
            _ => TourMethod.Make(machine),
        };
    }
}
