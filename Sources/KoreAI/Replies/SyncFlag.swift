/// Whether the model was trained with a component as it is now.
package struct SyncFlag: Sendable, Hashable {
    /// `isMlInSyncWith…` without its prefix, in snake case: the `component` label.
    package var component: String
    package var inSync: Bool

    package init(component: String, inSync: Bool) {
        self.component = component
        self.inSync = inSync
    }
}
