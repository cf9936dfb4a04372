@testable import Exposition

extension ModelPage {
    /// A page of one group.
    init(group: SeriesGroup, _ samples: [Sample]) {
        self.init([Entry(group: group, content: Content(samples, of: group))], revision: 1)
    }
}
