package import Exposition
import NIOCore
import ServiceLifecycle

/// The pages of a registry, made ready in time for scrapes that are expected. All addresses share them.
package struct MetricsPages: Service {
    let store: PageStore<ByteBuffer>

    package init(_ registry: Registry) {
        store = PageStore(registry)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await store.prepareInTime() }
    }

    /// What rendering and compressing came to since the start.
    package var work: RenderingWork {
        get async { await store.work }
    }
}
