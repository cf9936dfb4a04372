import Curl
import Glibc
import Testing

/// Tasks on the client's own thread.
@Suite(.timeLimit(.minutes(5)))
struct ExecutorTests {
    @Test("Tasks that prefer the client's thread run there, before and after their requests, and what they call too")
    func thread() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let threads = await withTaskGroup(of: Set<pthread_t>.self) { group in
                    for _ in 0..<50 {
                        group.addTask(executorPreference: client.executor) {
                            var threads: Set = [pthread_self()]
                            for _ in 0..<4 {
                                _ = try? await client.perform(CurlRequest(url: origin.url()))
                                threads.insert(pthread_self())
                                await Task.yield()
                                threads.insert(pthread_self())
                            }
                            return threads
                        }
                    }
                    return await group.reduce(into: Set<pthread_t>()) { $0.formUnion($1) }
                }
                #expect(threads.count == 1)
                #expect(origin.log.record.requests.count == 200)
            }
        }
    }

    @Test("A task that waits for a long answer on the client's thread holds up no other")
    func others() async throws {
        try await TestOrigin.run(answer: { $0.target == "/hang" ? .hang : .respond(status: 200, headers: [], body: []) }
        ) { origin in
            try await CurlClient.run { client in
                await withTaskGroup(of: Bool.self) { group in
                    group.addTask(executorPreference: client.executor) {
                        (try? await client.perform(CurlRequest(url: origin.url("/hang")))) != nil
                    }
                    await origin.log.wait { !$0.requests.isEmpty }
                    for _ in 0..<20 {
                        let status = try? await client.perform(CurlRequest(url: origin.url("/"))).status
                        #expect(status == 200)
                    }
                    group.cancelAll()
                    #expect(await group.next() == false)
                }
            }
        }
    }

    @Test("Tasks on the thread of a client that is shut down end, with their requests' errors")
    func shutdown() async throws {
        try await TestOrigin.run(answer: { _ in .hang }) { origin in
            let client = try CurlClient()
            await withTaskGroup(of: CurlError?.self) { group in
                for _ in 0..<20 {
                    group.addTask(executorPreference: client.executor) {
                        do {
                            _ = try await client.perform(CurlRequest(url: origin.url()))
                            return nil
                        } catch {
                            await Task.yield()
                            return error as? CurlError
                        }
                    }
                }
                await origin.log.wait { !$0.requests.isEmpty }
                await client.shutdown()
                for await error in group { #expect(error != nil) }
            }
            // There is no thread any more, and still a task that asks for it runs.
            await withTaskGroup(of: Bool.self) { group in
                group.addTask(executorPreference: client.executor) {
                    (try? await client.perform(CurlRequest(url: origin.url()))) == nil
                }
                #expect(await group.next() == true)
            }
        }
    }
}
