@echo off
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHONNOUSERSITE=1
cd /d "%~dp0"
"%~dp0python\python.exe" -m kaohe ingest
pause
