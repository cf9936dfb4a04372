import Tracking

extension Target {
    /// Such as `ml_training en published`: a target of a bot that is known.
    var words: String {
        pollLabels.dropFirst().filter { !$0.isEmpty }.joined(separator: " ")
    }
}
