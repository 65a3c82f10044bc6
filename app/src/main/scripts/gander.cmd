@echo off
rem Starts Gander from the jars in ..\lib. Environment: JAVA_HOME (Java 17 or newer), GANDER_OPTS (options for the JVM).
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dfile.encoding=UTF-8 %GANDER_OPTS% -cp "%~dp0..\lib\*" io.gander.cli.Main %*
exit /b %ERRORLEVEL%
