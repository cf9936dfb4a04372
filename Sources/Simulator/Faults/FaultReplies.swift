extension Reply {
    /// The reply of a fault that changes nothing else; `nil` for faults of the connection or of time.
    static func fault(_ fault: Fault, for endpoint: Platform.Endpoint, baseURL: String) -> Reply? {
        switch fault {
        case .latency, .hang, .hugeBody, .slowDrip, .truncated, .close, .reset: return nil
        case .throttled(let retryAfter):
            var reply = error(429, code: 429, RateLimiter.minuteMessage)
            if let retryAfter { reply.headers.append(Header(name: "Retry-After", value: String(retryAfter))) }
            return reply
        case .throttledByMessage: return error(400, code: 400, RateLimiter.minuteMessage)
        case .serverError: return internalError
        case .unavailable: return unavailablePage
        case .unauthorized: return invalidCredentials
        case .invalidToken: return invalidToken
        case .scopeMissing: return scopeMissing
        case .expiredToken: return jwtRejected("jwt expired")
        case .html: return signInPage
        case .garbage:
            return Reply(headers: [.json], body: Array("{\"trainingStatus\": Fin".utf8) + [0xFF, 0xFE, 0])
        case .mistyped: return Reply(json: mistyped(endpoint))
        case .unknownWords: return Reply(json: unknownWords(endpoint))
        case .emptyBody: return Reply(headers: [.json], body: [])
        case .redirect:
            let location = Header(name: "Location", value: "\(baseURL)/_simulator/redirected")
            return Reply(status: 302, headers: [location], body: [])
        case .reply(let status, let headers, let body):
            return Reply(
                status: status,
                headers: headers.sorted { $0.key < $1.key }.map { Header(name: $0.key, value: $0.value) },
                body: Array(body.utf8)
            )
        }
    }

    private static func mistyped(_ endpoint: Platform.Endpoint) -> JSON {
        switch endpoint {
        case .mlTrainStatus:
            [
                "trainingStatus": 7, "isMlInSyncWithSentences": "yes", "isMlInSyncWithTraits": [],
                "trainDetails": ["nlpVersion": "three", "trainVersion": [:]],
            ]
        case .faqTrainStatus, .faqTrain: ["_id": 5, "message": [], "status": ["success"], "modifiedOn": 1]
        case .mlExportStatus, .mlExport:
            [
                "_id": false, "status": 200, "percentageComplete": "all", "lMod": 0, "createdOn": .null,
                "requestedTime": "yesterday", "downloadUrl": 17,
            ]
        case .publishStatus, .publish:
            [
                "_id": 1, "status": [], "percentageComplete": "most", "requestedTime": 7, "lastModifiedOn": false,
                "statusSummary": ["NL": "FAILED"],
            ]
        case .mlTrain: ["message": "Training Queued."]
        case .bots: ["total": "many", "availableMore": "no", "bots": ["_id": "st-1"]]
        }
    }

    private static func unknownWords(_ endpoint: Platform.Endpoint) -> JSON {
        switch endpoint {
        case .mlTrainStatus:
            ["trainingStatus": "Daydreaming", "isMlInSyncWithSentences": true, "isMlInSyncWithMoonPhase": false]
        case .faqTrainStatus, .faqTrain:
            ["_id": "5d0000000000000000000000", "message": "Daydreaming", "status": "daydreaming", "__v": 0]
        case .mlExportStatus, .mlExport:
            ["_id": "ds-0", "status": "DAYDREAMING", "percentageComplete": 5, "fileType": "PAPYRUS"]
        case .publishStatus:
            [
                "_id": "ds-0", "status": "daydreaming", "percentageComplete": 5,
                "statusSummary": [["resourceType": "DREAMS", "status": "DAYDREAMING"]],
            ]
        case .publish: [["resourceType": "DREAMS", "status": "DAYDREAMING", "result": ["state": "imagined"]]]
        case .mlTrain: [["message": "Training imagined.", "Training_ID": "5d0000000000000000000000"]]
        case .bots: ["total": 0, "availableMore": false, "bots": []]
        }
    }
}
