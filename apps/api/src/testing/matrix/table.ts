/**
 * Who may do what: a row for each operation and what it is asked about, a word for each caller, in the order of `columns`. A number is the
 * status of the answer: 401 `not_signed_in`, 403 `forbidden`, 404 `not_found`; any other is let in, whatever the state of things makes of
 * it. `scope`: 403 `scope_missing`. `none`: let in, and the thing isn't in the list.
 */
const written = `
                                      people                              | keys of every scope                  | without scopes
                                      -    own  oth. cus  pn   fin  adm   | iss   iss2  cus   pn    own   other | iss   cus   own
signUp                                422  422  422  422  422  422  422   | 422   422   422   422   422   422   | 422   422   422
choosePassword                        404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
getPasswordLink                       404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
renewPasswordLink                     404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
requestPasswordReset                  202  202  202  202  202  202  202   | 202   202   202   202   202   202   | 202   202   202
signIn                                422  422  422  422  422  422  422   | 422   422   422   422   422   422   | 422   422   422
refreshSession                        401  401  401  401  401  401  401   | 401   401   401   401   401   401   | 401   401   401
startAgentSession                     422  422  422  422  422  422  422   | 422   422   422   422   422   422   | 422   422   422
completeAgentSession                  401  401  401  401  401  401  401   | 401   401   401   401   401   401   | 401   401   401
getAgentInvitation                    404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
acceptAgentInvitation                 404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
refreshAgentSession                   401  401  401  401  401  401  401   | 401   401   401   401   401   401   | 401   401   401
getCaptcha                            200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
getConfiguration                      200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
getServiceStatus                      200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
getReferenceList                      200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
checkContract                         200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
checkReceipt                          200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
searchPublicInvoices                  200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
createPaymentOrder                    404  404  404  404  404  404  404   | 404   404   404   404   404   404   | 404   404   404
getPaymentOrder                       200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
retryPaymentOrder                     409  409  409  409  409  409  409   | 409   409   409   409   409   409   | 409   409   409
cancelPaymentOrder                    409  409  409  409  409  409  409   | 409   409   409   409   409   409   | 409   409   409
getReceipt                            200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
emailPaymentOrder                     422  422  422  422  422  422  422   | 422   422   422   422   422   422   | 422   422   422
notifyCmi                             200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
returnFromCmi                         303  303  303  303  303  303  303   | 303   303   303   303   303   303   | 303   303   303
notifyFatouratiPayment                400  400  400  400  400  400  400   | 400   400   400   400   400   400   | 400   400   400
notifyFatouratiCancellation           400  400  400  400  400  400  400   | 400   400   400   400   400   400   | 400   400   400
askFatouratiStatus                    200  200  200  200  200  200  200   | 200   200   200   200   200   200   | 200   200   200
notifyAmanPay                         400  400  400  400  400  400  400   | 400   400   400   400   400   400   | 400   400   400
getAccount                            401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
updateAccount                         401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
exportAccount                         401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
changePassword                        401  422  422  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
listAccountApiKeys                    401  200  none 401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
revokeAccountApiKey                   401  204  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
revokeAccountApiKey: an issuer's      401  404  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
listSessions                          401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
endSessions                           401  422  422  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getCurrentSession                     401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
signOut                               401  204  204  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
listOwnInvoices                       401  200  none 401  401  401  401   | 403   403   403   403   200   none  | 403   403   scope
listOwnPayments                       401  200  none 401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getSubscriptionOptions                401  200  200  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
createSubscription                    401  422  422  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
listSubscriptions                     401  200  none 401  401  401  401   | 403   403   403   403   200   none  | 403   403   scope
getSubscription                       401  200  404  401  401  401  401   | 403   403   403   403   200   404   | 403   403   scope
saveCompany                           401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveManagers                          401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveLegalRepresentative               401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveSingleWindowUsers                 401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveContacts                          401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveBankAccount                       401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
submitSubscription                    401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveCurrentStep                       401  204  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
sendRegistryCode                      401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
confirmRegistryCode                   401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
rectifySubscription                   401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
deleteSubscription                    401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getContract                           401  200  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
issueContract                         401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
putSignedContract                     401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
putDocument                           401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getDocument                           401  200  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
deleteDocument                        401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
restoreDocument                       401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getCustomsAccount                     401  200  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
createCustomsRequest                  401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getCustomsRequest                     401  200  404  401  401  401  401   | 403   403   403   403   200   404   | 403   403   scope
saveRequestDetails                    401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveRequestCompany                    401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
saveRequestManagers                   401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
submitCustomsRequest                  401  412  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
deleteCustomsRequest                  401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
putRequestDocument                    401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
deleteRequestDocument                 401  409  404  401  401  401  401   | 403   403   403   403   403   403   | 403   403   403
getAgentSession                       401  401  401  200  200  200  200   | 403   403   403   403   403   403   | 403   403   403
endAgentSession                       401  401  401  204  204  204  204   | 403   403   403   403   403   403   | 403   403   403
changeAgentPassword                   401  401  401  422  422  422  422   | 403   403   403   403   403   403   | 403   403   403
listAgentSessions                     401  401  401  200  200  200  200   | 403   403   403   403   403   403   | 403   403   403
endAgentSessions                      401  401  401  422  422  422  422   | 403   403   403   403   403   403   | 403   403   403
listFilings                           401  401  401  200  none 403  200   | 403   403   200   none  403   403   | 403   scope 403
getFilingStatistics                   401  401  401  200  200  403  200   | 403   403   403   403   403   403   | 403   403   403
getFiling                             401  401  401  200  404  403  200   | 403   403   200   404   403   403   | 403   scope 403
getFilingDocument                     401  401  401  200  404  403  200   | 403   403   200   404   403   403   | 403   scope 403
getFilingContract                     401  401  401  404  404  403  404   | 403   403   403   403   403   403   | 403   403   403
getFilingContract: of PortNet         401  401  401  404  200  403  404   | 403   403   403   403   403   403   | 403   403   403
holdFiling                            401  401  401  412  404  403  403   | 403   403   403   403   403   403   | 403   403   403
releaseFiling                         401  401  401  204  404  403  403   | 403   403   403   403   403   403   | 403   403   403
saveVerdict                           401  401  401  412  404  403  403   | 403   403   403   403   403   403   | 403   403   403
previewDecision                       401  401  401  200  404  403  403   | 403   403   403   403   403   403   | 403   403   403
decideFiling                          401  401  401  412  404  403  403   | 403   403   412   404   403   403   | 403   scope 403
decideFiling: a draft                 401  401  401  404  404  403  403   | 403   403   404   404   403   403   | 403   scope 403
getFiling: of PortNet                 401  401  401  404  200  403  404   | 403   403   404   200   403   403   | 403   scope 403
decideFiling: of PortNet              401  401  401  404  412  403  403   | 403   403   404   412   403   403   | 403   scope 403
retryAccounts                         401  401  401  409  404  403  403   | 403   403   403   403   403   403   | 403   403   403
confirmFilingControl                  401  401  401  409  404  403  403   | 403   403   403   403   403   403   | 403   403   403
resendRegistration                    401  401  401  409  404  403  403   | 403   403   403   403   403   403   | 403   403   403
listMessages                          401  200  404  200  404  403  200   | 403   403   403   403   403   403   | 403   403   403
sendMessage                           401  201  404  201  404  403  403   | 403   403   403   403   403   403   | 403   403   403
readMessages                          401  204  404  204  404  403  403   | 403   403   403   403   403   403   | 403   403   403
listCustomsRequests                   401  200  none 200  403  403  200   | 403   403   200   scope 200   none  | 403   scope scope
getCustomsRequestDossier              401  401  401  200  403  403  200   | 403   403   200   scope 403   403   | 403   scope 403
getCustomsRequestDossier: a draft     401  401  401  404  403  403  404   | 403   403   404   scope 403   403   | 403   scope 403
getRequestDocument                    401  200  404  404  403  403  404   | 403   403   404   scope 200   404   | 403   scope scope
readRequestRegistry                   401  401  401  200  403  403  200   | 403   403   403   403   403   403   | 403   403   403
previewCustomsRequestDecision         401  401  401  200  403  403  403   | 403   403   403   403   403   403   | 403   403   403
decideCustomsRequest                  401  401  401  412  403  403  403   | 403   403   412   scope 403   403   | 403   scope 403
resendCustomsRequest                  401  401  401  409  403  403  403   | 403   403   403   403   403   403   | 403   403   403
listIssuers                           401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
listInvoices                          401  401  401  403  403  200  200   | 200   404   403   403   403   403   | scope 403   403
listInvoices: of its own              401  401  401  403  403  422  422   | 200   none  403   403   403   403   | scope 403   403
getInvoice                            401  401  401  403  403  200  200   | 200   404   403   403   403   403   | scope 403   403
getInvoice: of its own                401  401  401  403  403  422  422   | 200   404   403   403   403   403   | scope 403   403
putInvoice                            401  401  401  403  403  412  412   | 412   404   403   403   403   403   | scope 403   403
cancelInvoice                         401  401  401  403  403  404  404   | 404   404   403   403   403   403   | scope 403   403
importInvoices                        401  401  401  403  403  200  200   | 200   404   403   403   403   403   | scope 403   403
listPayments                          401  401  401  401  401  401  401   | 200   none  403   403   403   403   | scope 403   403
listFinanceOrders                     401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
exportFinanceOrders                   401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
getFinanceOrder                       401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
inquireFinanceOrder                   401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
recordObservation                     401  401  401  403  403  412  412   | 403   403   403   403   403   403   | 403   403   403
listRefunds                           401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
takeRefund                            401  401  401  403  403  412  412   | 403   403   403   403   403   403   | 403   403   403
releaseRefund                         401  401  401  403  403  412  412   | 403   403   403   403   403   403   | 403   403   403
recordRefund                          401  401  401  403  403  412  412   | 403   403   403   403   403   403   | 403   403   403
refundByGateway                       401  401  401  403  403  412  412   | 403   403   403   403   403   403   | 403   403   403
checkGatewayRefund                    401  401  401  403  403  409  409   | 403   403   403   403   403   403   | 403   403   403
giveSettlementFile                    401  401  401  403  403  422  422   | 403   403   403   403   403   403   | 403   403   403
listSettlementFiles                   401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
getSettlementFile                     401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
listAnomalies                         401  401  401  403  403  200  200   | 403   403   403   403   403   403   | 403   403   403
closeAnomaly                          401  401  401  403  403  200  409   | 403   403   403   403   403   403   | 403   403   403
listAgents                            401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listAgents: of PortNet                401  401  401  403  403  403  none  | 403   403   403   403   403   403   | 403   403   403
inviteAgent                           401  401  401  403  403  403  409   | 403   403   403   403   403   403   | 403   403   403
getManagedAgent                       401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
getManagedAgent: of PortNet           401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
changeAgent                           401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
changeAgent: of PortNet               401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
renewAgentAccess                      401  401  401  403  403  403  202   | 403   403   403   403   403   403   | 403   403   403
renewAgentAccess: of PortNet          401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
listIntegrators                       401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listIntegrators: of PortNet           401  401  401  403  403  403  none  | 403   403   403   403   403   403   | 403   403   403
createIntegrator                      401  401  401  403  403  403  422   | 403   403   403   403   403   403   | 403   403   403
getIntegrator                         401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
getIntegrator: of PortNet             401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
changeIntegrator                      401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
changeIntegrator: of PortNet          401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
listApiKeys                           401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listApiKeys: of PortNet               401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
createApiKey                          401  401  401  403  403  403  422   | 403   403   403   403   403   403   | 403   403   403
createApiKey: of PortNet              401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
revokeApiKey                          401  401  401  403  403  403  204   | 403   403   403   403   403   403   | 403   403   403
revokeApiKey: of PortNet              401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
revokeApiKey: compromised             401  401  401  403  403  403  204   | 403   403   403   403   403   403   | 403   403   403
listManagedIssuers                    401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
createIssuer                          401  401  401  403  403  403  409   | 403   403   403   403   403   403   | 403   403   403
getManagedIssuer                      401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
changeIssuer                          401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listAdministrationEntries             401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listAdministrationEntries: of PortNet 401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
listAdministrationEntries: issuer     401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listAdministrationEntries: integrator 401  401  401  403  403  403  200   | 403   403   403   403   403   403   | 403   403   403
listAdministrationEntries: PortNet's  401  401  401  403  403  403  404   | 403   403   403   403   403   403   | 403   403   403
listEvents                            401  401  401  401  401  401  401   | 200   none  none  none  200   none  | scope scope scope
listWebhookEndpoints                  401  401  401  403  403  403  422   | 200   none  none  none  none  none  | scope scope scope
listWebhookEndpoints: of the issuer   401  401  401  403  403  403  200   | 200   404   404   404   404   404   | scope scope scope
listWebhookEndpoints: of PortNet      401  401  401  403  403  403  404   | 404   404   404   200   404   404   | scope scope scope
createWebhookEndpoint                 401  401  401  401  401  401  401   | 422   422   422   422   422   422   | scope scope scope
getWebhookEndpoint                    401  401  401  403  403  403  200   | 200   404   404   404   404   404   | scope scope scope
getWebhookEndpoint: of PortNet        401  401  401  403  403  403  404   | 404   404   404   200   404   404   | scope scope scope
changeWebhookEndpoint                 401  401  401  403  403  403  200   | 200   404   404   404   404   404   | scope scope scope
changeWebhookEndpoint: its address    401  401  401  403  403  403  403   | 200   404   404   404   404   404   | scope scope scope
changeWebhookEndpoint: of PortNet     401  401  401  403  403  403  404   | 404   404   404   200   404   404   | scope scope scope
deleteWebhookEndpoint                 401  401  401  401  401  401  401   | 404   404   204   404   404   404   | scope scope scope
getWebhookSecret                      401  401  401  401  401  401  401   | 200   404   404   404   404   404   | scope scope scope
getWebhookSecret: of PortNet          401  401  401  401  401  401  401   | 404   404   404   200   404   404   | scope scope scope
rotateWebhookSecret                   401  401  401  401  401  401  401   | 200   404   404   404   404   404   | scope scope scope
testWebhookEndpoint                   401  401  401  403  403  403  202   | 202   404   404   404   404   404   | scope scope scope
testWebhookEndpoint: of PortNet       401  401  401  403  403  403  404   | 404   404   404   202   404   404   | scope scope scope
listWebhookDeliveries                 401  401  401  403  403  403  200   | 200   404   404   404   404   404   | scope scope scope
listWebhookDeliveries: of PortNet     401  401  401  403  403  403  404   | 404   404   404   200   404   404   | scope scope scope
getWebhookDelivery                    401  401  401  403  403  403  200   | 200   404   404   404   404   404   | scope scope scope
getWebhookDelivery: of PortNet        401  401  401  403  403  403  404   | 404   404   404   200   404   404   | scope scope scope
redeliver                             401  401  401  403  403  403  202   | 202   404   404   404   404   404   | scope scope scope
redeliver: of PortNet                 401  401  401  403  403  403  404   | 404   404   404   202   404   404   | scope scope scope
redeliverFailed                       401  401  401  403  403  403  202   | 202   404   404   404   404   404   | scope scope scope
redeliverFailed: of PortNet           401  401  401  403  403  403  404   | 404   404   404   202   404   404   | scope scope scope
`;

/** How wide the column of names is. */
const nameLength = 38;
const [, , , ...lines] = written.split('\n');
/** The words of each row by its name: the operation's, with what else it is about behind a colon. */
export const table: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  lines
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, nameLength).trim(), line.slice(nameLength).match(/\w+/g) ?? []]),
);
