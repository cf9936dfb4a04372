/// Why a text cannot be read as YAML, and where.
struct YAMLProblem: Error, Hashable {
    var mark: SourceMark
    var message: String
}
