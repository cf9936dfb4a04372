import Curl
import Foundation

// curl-benchmark URL REQUESTS TOKEN: what the bare client costs, asked as the exporter asks, with 50 requests in flight.
let inFlight = 50
let arguments = CommandLine.arguments
guard arguments.count == 4, let requests = Int(arguments[2]), requests > 0 else {
    print("usage: curl-benchmark URL REQUESTS TOKEN")
    exit(2)
}
let (url, token) = (arguments[1], arguments[3])
let client = try CurlClient(
    configuration: CurlConfiguration(maxConnections: inFlight, maxConnectionsPerHost: inFlight)
)

/// One request, made anew each time as `KoreAIClient` does.
///
/// - Returns: The size of the body in bytes.
@Sendable func get() async throws -> Int {
    let response = try await client.perform(
        CurlRequest(
            url: url,
            headers: [("auth", token), ("accept", "application/json"), ("content-type", "application/json")]
        )
    )
    guard response.status == 200 else {
        throw CurlError(reason: .other, message: "expected status 200, got \(response.status)")
    }
    return response.body.count
}

/// All requests, by 50 tasks that each make one after the other, on the client's thread as the exporter's polls. Off the main actor, where each answer would have to go
/// through the main thread.
///
/// - Returns: The size of all bodies in bytes.
@concurrent func getAll() async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<inFlight {
            group.addTask(executorPreference: client.executor) {
                var bodyBytes = 0
                for _ in stride(from: task, to: requests, by: inFlight) { bodyBytes += try await get() }
                return bodyBytes
            }
        }
        return try await group.reduce(0, +)
    }
}

let bodyBytes = try await getAll()
await client.shutdown()
print("\(requests) requests, \(bodyBytes) body bytes")
