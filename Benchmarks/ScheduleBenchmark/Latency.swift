/// How long requests are under way.
enum Latency {
    /// Milliseconds until the platform has it, and from then until the reply is here.
    static func draw(_ random: inout SeededRandom) -> (there: Int64, back: Int64) {
        (Int64(10 + random.unit() * 90), Int64(10 + random.unit() * 190))
    }
}
