*** Settings ***
Documentation       The shortest path, for benchmarks.speed.
Library             Browser    auto_closing_level=SUITE
Library             benchmarks.speed.by_robot.Shopping    ${ERRAND}


*** Test Cases ***
Cancel Each Order
    ${executable}=    Browser Executable
    ${arguments}=    Browser Arguments
    New Browser    chromium    headless=True    executablePath=${executable}    args=${arguments}
    WHILE    True    limit=NONE
        ${order}=    Next Order
        IF    '${order}' == ''    BREAK
        Cancel    ${order}
    END


*** Keywords ***
Cancel
    [Arguments]    ${order}
    ${state}=    Signed In State
    ${list}=    Order List
    ${details}=    Details Of    ${order}
    New Context    storageState=${state}
    New Page    ${list}
    Click    ${details} >> nth=0
    Click    \#orderDetails a[href*='/cancel-items'] >> nth=0
    Check Checkbox    \#cancel-items-form input[type=checkbox] >> nth=0
    Click    \#cancel-items-form button[type=submit]
    Wait For Elements State    id=cancel-summary    visible
    Close Context
