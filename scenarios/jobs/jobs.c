#include "jobs/job.h"

#include <string.h>

#define LIMITS "gap work-limit time-limit "

const park_job PARK_JOBS[] = {
    {"check", "check FILE",
     "is a scenario or a network (NET.inp) valid, what is in it, what cannot work and why",
     "检查情景或管网文件：是否有效、内容概览、哪些不可行及原因", "expand allow-path",
     "parkwater check park.yaml --expand", 1, 1, false, park_job_check},
    {"simulate", "simulate PARK or NET.inp [-o RUN.h5] [--tables DIR]",
     "march the park through its period as it stands, or a pipe network through its duration",
     "按现状逐时模拟园区，或模拟管网", "tables stepping rtol checkpoint allow-path",
     "parkwater simulate park.yaml -o run.h5", 1, 1, false, park_job_simulate},
    {"optimize", "optimize PARK -o RUN.h5", "the best design and allocation, with its proven gap",
     "求最优设计与配水方案，并给出最优性间隙", LIMITS "no-worth allow-path",
     "parkwater optimize park.yaml -o run.h5 --gap 1e-3", 1, 1, true, park_job_optimize},
    {"run", "run PARK -o DIR", "the main job: optimize, simulate, repair, judge, report",
     "主任务：优化、模拟、修正、评价并生成报告", LIMITS "rtol rounds fail-on-target no-worth allow-path",
     "parkwater run park.yaml -o out", 1, 1, true, park_job_run},
    {"compare", "compare [NAME=]RUN.. -o DIR", "present, planned and variants side by side",
     "现状、规划与各方案对比", "present plan quotas",
     "parkwater compare now.h5 ro/run.h5 soft/run.h5 --plan soft -o out", 2, 32, true, park_job_compare},
    {"batch", "batch STUDY -o DIR", "every variant of a study; the same command resumes",
     "批量计算方案集，可断点续算", LIMITS "rtol rounds dry-run force emit ranks allow-path",
     "parkwater batch study.yaml -o out --threads 8", 1, 1, true, park_job_batch},
    {"project", "project REGION -o DIR", "attainment of the region's targets year by year",
     "区域目标逐年达成预测", "fail-on-target allow-path quotas", "parkwater project hunan.yaml -o out", 1, 1,
     true, park_job_project},
    {"balance", "balance PARK --measured FILE.. -o DIR", "water-balance test from meters", "水平衡测试", "",
     "parkwater balance park.yaml --measured readings.csv -o out", 1, 1, true, NULL},
    {"leak", "leak PARK --measured FILE.. -o DIR", "is there a leak, since when, how large, where",
     "管网漏损诊断", "", "parkwater leak net.inp --measured scada.csv -o out", 1, 1, true, NULL},
    {"ledger", "ledger append|verify|export", "a ledger of meter readings that shows tampering",
     "计量数据可信台账", "", "parkwater ledger verify meters.ledger", 1, 64, false, NULL},
    {"advise", "advise PARK", "live advice", "在线调度建议", "", "parkwater advise park.yaml", 1, 1, false,
     NULL},
    {"watch", "watch PARK", "follow a stream of measurements", "监视测量数据流", "",
     "parkwater watch park.yaml", 1, 1, false, NULL},
    {"partition", "partition NET.inp --zones N [-o DIR]",
     "district metering zones: where meters and closed valves go, and what that does to pressures",
     "管网计量分区：流量计与关闭阀门的位置及其对压力的影响", "zones feeds min-pressure fire age",
     "parkwater partition net.inp --zones 6 -o dma", 1, 1, false, park_job_partition},
    {"report", "report RUN.h5 -o FILE.html",
     "write the page of a run again (or FILE.docx, FILE.xlsx), from its result file alone",
     "仅由结果文件重新生成报告网页（或 DOCX、XLSX）", "",
     "parkwater report out/run.h5 -o report.html --lang en", 1, 1, true, park_job_report},
    {"import", "import NET.inp -o PARK.yaml or DIR, import TABLE --mapping MAP -o DIR",
     "a first park around an EPANET network; tables of meters and products made tidy",
     "由 EPANET 管网生成园区初稿；按映射整理计量与产品数据表", "mapping",
     "parkwater import net.inp -o park.yaml", 1, 1, true, park_job_import},
    {"export", "export NET.inp or PARK -o OUT.inp or OUT.dxf",
     "a network, or those of a park, for EPANET or as a drawing for CAD",
     "导出管网：EPANET 文件或 CAD 图（DXF）", "network flow-unit allow-path",
     "parkwater export park.yaml -o net.inp", 1, 1, true, park_job_export},
    {"schema", "schema [park|study|region]", "the JSON Schema of a scenario", "输出情景文件的 JSON Schema",
     "", "parkwater schema > park.schema.json", 0, 1, false, park_job_schema},
    {"new", "new [NAME], new --template BOOK.xlsx, new --from BOOK.xlsx -o PARK.yaml",
     "a small park to start from, or one drafted from a filled workbook",
     "输出一个可运行的示例园区，或由填好的数据表生成园区初稿", "from template", "parkwater new > park.yaml",
     0, 1, false, park_job_new},
    {"units", "units", "the units of measurement that a scenario may use", "列出可用的计量单位", "",
     "parkwater units", 0, 0, false, park_job_units},
    {"doctor", "doctor", "what this build can do and what it was built with", "检查本程序的组成与环境", "",
     "parkwater doctor", 0, 0, false, park_job_doctor},
    {"explain", "explain CODE", "what an error code means and what to do", "解释错误代码", "",
     "parkwater explain E0312", 1, 1, false, park_job_explain},
    {.word = NULL},
};

const park_job *park_job_find(const char *word)
{
    for (const park_job *job = PARK_JOBS; job->word != NULL; job++)
        if (strcmp(job->word, word) == 0)
            return job;
    return NULL;
}

park_exit park_exit_of(park_status status)
{
    switch (status) {
    case PARK_OK:
        return PARK_EXIT_DONE;
    case PARK_E_INPUT:
    case PARK_E_RANGE:
    case PARK_E_UNSUPPORTED:
        return PARK_EXIT_INPUT;
    case PARK_E_INFEASIBLE:
        return PARK_EXIT_INFEASIBLE;
    case PARK_E_NUMERIC:
        return PARK_EXIT_NUMERIC;
    case PARK_E_FILE:
    case PARK_E_MEMORY:
        return PARK_EXIT_FILE;
    case PARK_E_CANCELLED:
        return PARK_EXIT_LIMIT;
    case PARK_E_INTERNAL:
        break;
    }
    return PARK_EXIT_INTERNAL;
}

int park_exit_final(const park_job_context *context, park_exit exit)
{
    int signal = park_cancel_why(context->cancel);
    return signal != 0 ? 128 + signal : (int)exit;
}
