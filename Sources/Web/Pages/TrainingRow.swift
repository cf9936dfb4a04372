/// The trainings of one language and state, one for each engine.
struct TrainingRow {
    struct Cell {
        /// `nil` where the engine is not polled.
        let target: TargetView?
    }

    let language: String
    let state: String
    let cells: [Cell]

    /// - Parameter engines: The `collector` of each column.
    static func rows(of targets: [TargetStatus], engines: [String], now: Double) -> [TrainingRow] {
        var cells: [[String]: [String: TargetView]] = [:]
        var order: [[String]] = []
        for target in targets where engines.contains(target.collector) {
            let key = [target.language, target.state]
            if cells[key] == nil { order.append(key) }
            cells[key, default: [:]][target.collector] = TargetView(target, now: now)
        }
        return order.map { key in
            TrainingRow(language: key[0], state: key[1], cells: engines.map { Cell(target: cells[key]?[$0]) })
        }
    }
}
