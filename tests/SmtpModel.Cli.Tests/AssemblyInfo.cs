using Xunit.Sdk;
using Xunit.v3;

// every test runs processes; more at a time than there are cores only makes each slower, and README.md has one writer
[assembly: Parallelization(Mode = ParallelMode.None)]
