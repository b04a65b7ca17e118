@echo off
rem Runs tempfile4j from its sources: builds its JAR if there is none, then starts it.
rem   tempfile4j SUBCOMMAND [ARG...]     the command line (try: tempfile4j --help)
setlocal
set "root=%~dp0"
set "jar=%root%cli\target\tempfile4j.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"

if not exist "%jar%" (
    pushd "%root%"
    call mvnw.cmd -q -B -Dquick -pl cli -am package >&2
    popd
)
if not exist "%jar%" (
    echo tempfile4j: the build failed, see above ^(CONTRIBUTING.md says what it needs^) >&2
    exit /b 1
)
"%java%" -XX:TieredStopAtLevel=1 -jar "%jar%" %*
exit /b %errorlevel%
