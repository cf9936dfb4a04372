import KoreAI

extension TargetTracker {
    /// Everything that is known of the target, for ``init(_:stored:)``; its name and secrets are not in it.
    package var stored: [UInt8] {
        var writer = FieldWriter()
        if let lastSuccess { writer.write(1, lastSuccess) }
        writer.write(2, isShown)
        switch knowledge {
        case .training(let training): writer.write(3) { training.write(to: &$0) }
        case .export(let export): writer.write(4, export)
        case .taken: break
        }
        return writer.sealed()
    }

    /// The target as it was when its ``stored`` form was taken.
    ///
    /// - Throws: Where the bytes were changed since, are in a newer form, or are another kind of target's.
    package init(_ target: Target, stored: [UInt8]) throws(StoredFormError) {
        self.init(target)
        var reader = try FieldReader(sealed: stored)
        while let field = try reader.next() {
            switch (field.number, knowledge) {
            case (1, _): lastSuccess = try field.timestamp()
            case (2, _): isShown = try field.bool()
            case (3, .training(let training)):
                knowledge = .training(try TrainingTracker(from: field.message(), engine: training.engine))
            case (4, .export): knowledge = .export(try field.stored())
            case (3, .export), (4, .training): throw StoredFormError("it is that of another kind of target")
            default: break
            }
        }
    }
}
