/// All families as they are sent in one form, as of one moment.
struct ReadyForm<Block: ByteBlock>: Sendable {
    private let form: ScrapeForm
    /// By name.
    private var families: [ReadyFamily<Block>] = []
    private let end: ReadyPart<Block>?

    init(_ form: ScrapeForm, by renderer: PageRenderer) {
        self.form = form
        end = form.format.end.isEmpty ? nil : renderer.part(form.coding, revision: 0) { form.format.end }
    }

    mutating func refresh(_ snapshot: Snapshot, by renderer: PageRenderer) {
        for (number, model) in snapshot.families.enumerated() {
            while number < families.count, families[number].family.isBefore(model.family) {
                families.remove(at: number)
            }
            if number == families.count || families[number].family != model.family {
                families.insert(ReadyFamily(model.family), at: number)
            }
            families[number].refresh(model, as: form, by: renderer)
        }
        families.removeLast(families.count - snapshot.families.count)
    }

    /// - Parameter isWanted: Of the families.
    func body(where isWanted: (MetricFamily) -> Bool) -> ScrapeBody<Block> {
        var body = ScrapeBody<Block>()
        let wanted = families.filter { isWanted($0.family) }
        switch form.coding {
        case .identity:
            for family in wanted { body.append(family) }
            body.append(form.format.end)
        case .gzip:
            var checksum = Checksum.ofNothing
            body.append(GzipMember.header)
            for family in wanted {
                body.append(family)
                checksum.append(family.checksum)
            }
            if case .compressed(let segment, let ofEnd) = end?.content {
                checksum.append(ofEnd)
                body.append(segment + GzipMember.trailer(checksum))
            } else {
                body.append(GzipMember.trailer(checksum))
            }
        }
        return body
    }
}
