using Xunit.Sdk;
using Xunit.v3;

// most tests wait, for replies that are late or do not come: many of them wait together, also those of one class
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 8)]
