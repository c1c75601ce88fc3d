using Xunit.Sdk;
using Xunit.v3;

// most tests run a process and wait for it, or for a server; within a class one after the other
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 4)]
