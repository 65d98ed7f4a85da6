/*
 * The JSON Schema and the loader agree on a corpus: what one takes the other takes.
 */
#include "load_text.h"

#define HEAD "parkwater: 1\nconstituents: [COD]\n"
#define RIVER "sources: {river: {kind: surface, quality: {COD: 12 mg/L}}}\n"
#define USERS "users: {wash: {kind: process, demand: 36 m3/h}}\n"
#define SINKS "sinks: {outfall: {kind: outfall}}\n"
#define REST RIVER USERS SINKS

/* Each differs from a sound park in one word. */
static const char *const CORPUS[] = {
    HEAD       REST,
    HEAD       REST "x-note: anything\n",
    HEAD       REST "data: measured\n",
    HEAD       REST "data: guessed\n",
    HEAD       REST "period: steady\n",
    HEAD       REST "period: monthly\n",
    HEAD       REST "period: {start: 2025-01-01, end: 2026-01-01}\nseasons: quarters\n",
    HEAD       REST "usres: {}\n",
    HEAD       REST "objective: cost\n",
    HEAD       REST "objective: gain\n",
    HEAD       REST "economics: {discount: 6 %, life: 15 a}\n",
    HEAD       REST "economics: {discount: 6 %, life: 15}\n",
    HEAD       REST "economics: {dicount: 6 %}\n",
    HEAD       REST "connections: {candidates: all, self: false, min_flow: 1 m3/h}\n",
    HEAD       REST "connections: {candidates: some}\n",
    HEAD       REST "connections: {self: maybe}\n",
    HEAD       REST "connections: {min_flow: 1}\n",
    HEAD       REST "connections: {forbid: [[river]]}\n",
    HEAD       REST "connections: {existing: [[river, wash]], candidates: all}\n",
    HEAD       REST "law: {dilution: allowed}\n",
    HEAD       REST "law: {dilution: perhaps}\n",
    HEAD       REST "grades: {g: {limits: {COD: 5 mg/L}, deny_origin: [wastewater]}}\n",
    HEAD       REST "grades: {g: {limts: {COD: 5 mg/L}}}\n",
    HEAD       REST "grades: {g: [1]}\n",
    HEAD       REST "treatments: {t: {technology: AO, capacity: 60 m3/h}}\nconnections: {candidates: all}\n",
    HEAD       REST "treatments: {t: {technology: AX, capacity: 60 m3/h}}\n",
    HEAD       REST "treatments: {t: {technology: AO, capacity: 60}}\n",
    HEAD       REST "treatments: {t: {technology: AO, capcity: 60 m3/h}}\n",
    HEAD       REST "treatments: {t: {capacity: 60 m3/h}}\n",
    HEAD       REST "treatments: {t: {technology: removal, removal: {COD: 95 %}, capex: {scale: 16800 CNY, "
                    "reference: 1 m3/h, exponent: 0.7}}}\n",
    HEAD       REST "treatments: {t: {technology: removal, capex: {scale: 16800 CNY}}}\n",
    HEAD       REST "carbon: {grid: 0.49 kg/kWh, year: 2022}\n",
    HEAD       REST "carbon: {grid: 0.49, year: 2022}\n",
    HEAD       REST "weather: {generator: yueyang, seed: 7}\n",
    HEAD       REST "weather: yueyang\n",
    HEAD RIVER SINKS "users: {wash: {demand: 36 m3/h}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: 36}}\n",
    HEAD RIVER SINKS
    "users: {wash: {kind: process, demand: free, outlet: {COD: 90 mg/L}, adds: {COD: 1 kg/h}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: {min: 3 m3/h, max: 9 m3/h}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: {min: 3, max: 9 m3/h}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: {min: 3 m3/h, most: 9 m3/h}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: wash, demand: 36 m3/h}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: 36 m3/h, loss: {evaporation: 4 %}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: 36 m3/h, loss: 4 %}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: 36 m3/h, loss: {evap: 4 %}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: 36 m3/h, role: boss}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: {every: 12h, values: [3 m3/h, 4 m3/h]}}}\n",
    HEAD RIVER SINKS "users: {wash: {kind: process, demand: {monthly: [3 m3/h, 4 m3/h]}}}\n",
    HEAD RIVER SINKS "users: {boil: {kind: boiler}}\n",
    HEAD USERS SINKS "sources: {river: {quality: {COD: 12 mg/L}}}\n",
    HEAD USERS SINKS "sources: {river: {kind: surface, price: 2, quality: {COD: 12 mg/L}}}\n",
    HEAD USERS SINKS "sources: {river: {kind: surface, price: 2 元/m³, quality: {COD: 12 mg/L}}}\n",
    HEAD USERS SINKS "sources: {river: {kind: surface, quality: [12 mg/L]}}\n",
    HEAD USERS SINKS "sources: {river: {kind: surface, catchment: 3 ha, quality: {COD: 12 mg/L}}}\n",
    HEAD USERS SINKS "sources: [river]\n",
    "constituents: [COD]\n" REST,
    "parkwater: 1\n" REST,
    "parkwater: 2\nconstituents: [COD]\n" REST,
    "parkwater: 1\nconstituents: COD x\n" REST,
};
enum { COUNT = sizeof CORPUS / sizeof *CORPUS };

static bool write_schema(const char *path, park_document document)
{
    park_arena *arena = park_arena_new();
    park_text   out;
    park_text_init(&out, arena);
    bool  ok   = park_schema_write(document, &out, NULL) == PARK_OK;
    FILE *file = fopen(path, "wb");
    ok         = ok && file != NULL && fputs(park_text_done(&out), file) != EOF;
    ok         = file != NULL && fclose(file) == 0 && ok;
    park_arena_free(arena);
    return ok;
}

static void schema_and_loader_agree(void)
{
    static char command[COUNT * 200 + 2000];
    char        path[800], verdict[20];
    if (system("python3 -c 'import jsonschema, yaml' 2>/dev/null") != 0)
        SKIP("python3-jsonschema or python3-yaml absent");
    snprintf(path, sizeof path, "%s/schema.json", test_folder());
    CHECK(write_schema(path, PARK_DOCUMENT_PARK));
    snprintf(command, sizeof command, "cd %s && python3 %s/tests/io/load/validate.py schema.json",
             test_folder(), PARK_SOURCE_DIR);
    for (int i = 0; i < COUNT; i++) {
        char name[30];
        snprintf(name, sizeof name, "corpus%d.yaml", i);
        (void)test_file(name, CORPUS[i], strlen(CORPUS[i]));
        snprintf(command + strlen(command), sizeof command - strlen(command), " %s", name);
    }
    FILE *answers = popen(command, "r");
    int   taken   = 0;
    for (int i = 0; answers != NULL && i < COUNT && fscanf(answers, "%19s", verdict) == 1; i++) {
        loaded_text t     = load_text(CORPUS[i]);
        bool        loads = t.status == PARK_OK, valid = strcmp(verdict, "ok") == 0;
        CHECK(loads == valid);
        if (loads != valid) {
            fprintf(stderr, "the schema says %s:\n%s", verdict, CORPUS[i]);
            show(&t);
        }
        taken += loads;
        done(&t);
    }
    CHECK(answers != NULL && pclose(answers) == 0);
    CHECK(taken > 15 && taken < COUNT - 25);
}

static void shipped_parks_fit_the_schema(void)
{
    char command[3000], verdict[20] = "";
    snprintf(command, sizeof command,
             "cd %s && python3 %s/tests/io/load/validate.py schema.json %s/scenarios/parks/yueyang.yaml",
             test_folder(), PARK_SOURCE_DIR, PARK_SOURCE_DIR);
    FILE *answers = popen(command, "r");
    CHECK(answers != NULL && fscanf(answers, "%19s", verdict) == 1);
    CHECK_TEXT(verdict, "ok");
    if (answers != NULL)
        pclose(answers);
}

int main(void)
{
    RUN(schema_and_loader_agree);
    RUN(shipped_parks_fit_the_schema);
    return park_test_done();
}
