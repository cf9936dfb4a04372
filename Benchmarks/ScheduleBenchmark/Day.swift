/// What happens at the bots: runs that come in bursts, as a publish starts them. The same seed gives the same runs.
///
/// Each bot is published every 2 hours on average, at random, so that now and then it is published twice within minutes.
/// A publish trains all languages for both engines in one state or in both, 10 or 20 runs; each begins within 20 s. In
/// between, every 2 hours on average, one target is trained in development, and every 4 hours the utterances are
/// exported. Run lengths are log-normal with a median of 3 minutes and a sigma of 0.5. What still runs is not started
/// anew.
struct Day {
    struct Run {
        var target: Int
        /// Milliseconds.
        var start: Int64
        var end: Int64
    }

    static let languages = 5
    static let states = 2
    static let engines = 2
    static let trainingsPerState = languages * engines
    static let targetsPerBot = trainingsPerState * states + 1

    private static let publishEvery = 7_200_000.0
    private static let trainEvery = 7_200_000.0
    private static let exportEvery = 14_400_000.0
    private static let medianRun = 180_000.0
    private static let sigma = 0.5

    /// By start.
    private(set) var runs: [Run] = []

    /// - Parameters:
    ///   - publishedStates: That a publish trains: 1 is the published one, 2 both.
    ///   - length: Milliseconds.
    init(bots: Int, publishedStates: Int, length: Int64, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for bot in 0..<bots {
            var freeAt = Array(repeating: Int64(0), count: Self.targetsPerBot)
            func run(_ place: Int, from start: Int64) {
                guard start >= freeAt[place], start < length else { return }
                let end = start + Int64(random.logNormal(median: Self.medianRun, sigma: Self.sigma))
                freeAt[place] = end + 1
                runs.append(Run(target: bot * Self.targetsPerBot + place, start: start, end: end))
            }
            var time = Int64(random.exponential(mean: Self.publishEvery))
            while time < length {
                for place in (Self.states - publishedStates) * Self.trainingsPerState..<Self.targetsPerBot - 1 {
                    run(place, from: time + Int64(random.unit() * 20_000))
                }
                time += Int64(random.exponential(mean: Self.publishEvery))
            }
            time = Int64(random.exponential(mean: Self.trainEvery))
            while time < length {
                run(Int(random.unit() * Double(Self.trainingsPerState)), from: time)
                time += Int64(random.exponential(mean: Self.trainEvery))
            }
            time = Int64(random.exponential(mean: Self.exportEvery))
            while time < length {
                run(Self.targetsPerBot - 1, from: time)
                time += Int64(random.exponential(mean: Self.exportEvery))
            }
        }
        runs.sort { ($0.start, $0.target) < ($1.start, $1.target) }
    }
}
