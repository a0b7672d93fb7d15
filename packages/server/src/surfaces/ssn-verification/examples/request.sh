curl --location --request POST 'https://usa.thomas.hyperverge.co/v1/ssnVerification' \
--header 'Content-Type: application/json' \
--header 'appId: <Enter_the_HyperVerge_appId>' \
--header 'appKey: <Enter_the_HyperVerge_appKey>' \
--header 'transactionId: <Enter_the_HyperVerge_transactionID>' \
--data '{
"firstName": "<Enter_the_first_name>",
"lastName": "<Enter_the_last_name>",
"ssn": "<Enter_the_SSN>"
}'
