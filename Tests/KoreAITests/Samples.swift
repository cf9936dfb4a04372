/// The sample replies of the platform's pages, letter for letter.
enum Samples {
    static let mlFinished = """
        {
            "trainingStatus": "Finished",
            "isMlInSyncWithSentences": true,
            "isMlInSyncWithSynonyms": true,
            "isMlInSyncWithMlparams": true,
            "isMlInSyncWithTraits": true,
            "isMlInSyncWithSmallTalk": true,
            "isMlInSyncWithUBTraining": true,
            "isMlInSyncWithEntityNode": true,
            "isMlInSyncWithIntentNode": true,
            "isMlInSyncWithPatterns": true,
            "isMlInSyncWithBTUtterances": true,
            "trainDetails": {
                "nlpVersion": 3,
                "trainVersion": 3
            }
        }
        """

    static let mlInProgress = """
        {
            "trainingStatus": "Inprogress",
            "isMlInSyncWithSentences": true,
            "isMlInSyncWithSynonyms": true,
            "isMlInSyncWithMlparams": true,
            "isMlInSyncWithTraits": true,
            "isMlInSyncWithSmallTalk": true,
            "isMlInSyncWithUBTraining": true
        }
        """

    static let mlFailed = """
        {
            "trainingStatus": "Failed",
            "isMlInSyncWithSentences": true,
            "isMlInSyncWithSynonyms": true,
            "isMlInSyncWithMlparams": true,
            "isMlInSyncWithTraits": true,
            "isMlInSyncWithSmallTalk": true,
            "isMlInSyncWithUBTraining": true
        }
        """

    static let mlStarted = """
        [
            {
                "message": "Training Queued.",
                "Training_ID": "5dxxxxxxxxxxxxxxxxxxxxxx"
            }
        ]
        """

    static let faqSucceeded = """
        {
            "_id": "5dxxxxxxxxxxxxxxxxxxxxxx",
            "message": "Success",
            "status": "success",
            "__v": 0,
            "modifiedOn": "2019-06-27T12:07:30.898Z",
            "lastModifiedBy": "u-5xxxxxxd-bxx1-5xx0-axx8-2exxxxxxxxxx"
        }
        """

    static let faqInProgress = """
        {
            "_id": "5dxxxxxxxxxxxxxxxxxxxxxx",
            "message": "in-progress",
            "status": "in-progress",
            "__v": 0,
            "modifiedOn": "2019-06-27T12:07:30.898Z",
            "lastModifiedBy": "u-5xxxxxxd-bxx1-5xx0-axx8-2exxxxxxxxxx"
        }
        """

    static let faqFailed = """
        {
            "_id": "5dxxxxxxxxxxxxxxxxxxxxxx",
            "message": "failure",
            "status": "failure",
            "__v": 0,
            "modifiedOn": "2019-06-27T12:07:30.898Z",
            "lastModifiedBy": "u-5xxxxxxd-bxx1-5xx0-axx8-2exxxxxxxxxx"
        }
        """

    static let faqStarted = """
        {"_id":"ds-0001","message":"in-progress","status":"in-progress","modifiedOn":"2019-06-27T12:07:30.898Z"}
        """

    static let exportSucceeded = """
        {
            "_id": "dx-aaxxxxxx-bxxe-5xxc-bxxf-31xxxxxxxxxx",
            "status": "SUCCESS",
            "percentageComplete": 100,
            "streamId": "sx-6xxxxxx2-5xx1-5xx0-b9xx-8cxxxxxxxxxx",
            "createdBy": "u-5dxxxxxx-bxx1-5xx0-axx8-2exxxxxxxxxx",
            "jobType": "ML_UTTERANCE",
            "action": "EXPORT",
            "countOfDockStatuses": 1,
            "fileType": "CSV",
            "statusLogs": [],
            "lMod": "2019-06-27T06:49:15.726Z",
            "createdOn": "2019-06-27T06:49:15.572Z",
            "requestedTime": "2023-07-25T15:23:36.912Z",
            "__v": 0,
            "downloadUrl": ""
        }
        """

    static let exportStarted = """
        {
            "status": "IN_PROGRESS",
            "percentageComplete": 0,
            "streamId": "st-22184e1f-e116-5ed4-8741-7aec3be466d7",
            "jobType": "ML_UTTERANCE",
            "action": "EXPORT",
            "countOfDockStatuses": 1,
            "createdBy": "u-8214dc3a-c749-5d23-b8ad-2a21bfa396ca",
            "fileType": "CSV",
            "statusLogs": [],
            "_id": "ds-db32ec69-7f80-5873-890a-576fe585965f",
            "lMod": "2023-07-26T13:15:04.000Z",
            "createdOn": "2023-07-26T13:15:04.983Z",
            "requestedTime": "2023-07-26T13:15:04.984Z",
            "__v": 0
        }
        """

    static let bots = """
        {
            "total": 169,
            "availableMore": true,
            "bots": [
                {
                    "_id": "st-1111",
                    "name": "Banking",
                    "status": "published",
                    "defaultLanguage": "en",
                    "type": "default",
                    "clientSecret": "Zm9vYmFyYmF6cXV1eGNvcmdlZ3JhdWx0Z2FycGx5MTI="
                },
                {"_id": "st-2222", "name": "Cards"}
            ]
        }
        """
}
