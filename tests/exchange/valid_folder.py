"""A small valid folder whose lines are known by number, for tests that break one thing at a time."""

from pathlib import Path

# First line of every text: the header, line 1 of the file.
FILES = {
    "desks.csv": """\
desk,name,operator,file_number,territory,mode,report_row
kust,Loket Kust,Stad Oostende,LL-1,35013|31005,central,residence
polder,Loket Polder,Aalter,,44001|44029,desk_only,
""",
    "organisers.csv": """\
organiser,name,kbo,email,phone
O1,De Zeester vzw,0400000086,zeester@example.org,059 12 34 56
O2,Het Nest,,,
""",
    "locations.csv": """\
location,organiser,name,type,subsidy_step,file_number,tariff,licensed_places,street,house_number,postcode,nis_code,\
lat,lon,opening,price_day,price_half_day,email,phone,website,inclusive,text
L1,O1,De Zeester,group,T2A,KO-1,income,24,Zeedijk,1,8400,35013,51.23,2.91,ma 07:00-18:00|di 07:00-18:00,,,,,,yes,Tuin
L2,O2,Het Nest,family,T0,,free,8,Markt,2,9880,44084,,,,32.50,19.00,nest@example.org,,https://nest.example.org,no,
""",
    "requests.csv": """\
request,desk,registered_at,channel,applicant_first_name,applicant_last_name,applicant_email,applicant_phone,\
residence_nis,child_first_name,child_last_name,child_birth_on,child_due_on,start_on,end_on,pattern,also_possible,\
parts_wanted,hours,characteristics,urgent_reason,special_need,locations,language
R1,kust,2024-01-10T09:00:00+01:00,online,An,Peeters,an@example.org,0470 12 34 56,35013,Mia,Peeters,2023-12-01,,\
2024-09-02,2026-08-31,ma_vm|ma_nm,di_vm,,ma 07:30-17:30,WerkOpleiding|BroerZus,,no,L1,nl
R2,kust,2024-02-01T10:00:00Z,counter,Bo,Maes,,,31005,,Maes,,2024-05-01,\
2024-10-01,,ma_vm|di_vm|wo_vm,,2,ma 06:30-18:30|nacht,LaagInkomen,StartWerk,yes,L1|L2,
R3,polder,2024-03-01T10:00:00+01:00,organiser,Bo,Maes,,,,,Maes,,2024-05-01,\
2024-10-01,,ma_vm|di_vm|wo_vm,,,,,,,,
R4,polder,2024-03-02T10:00:00+01:00,phone,Do,Claes,,,44001,Lou,Claes,2024-01-02,,2024-11-04,,do_vm,,,,,,,L2,
""",
    "events.csv": """\
request,at,kind,location,start_on,pattern,reply_by_on,reason,by
R1,2024-02-01T10:00:00+01:00,answered_yes,L1,,,2024-02-15,,
R1,2024-02-05T10:00:00+01:00,offer_accepted,L1,,,,,family
R1,2024-09-09T10:00:00+02:00,start_confirmed,L1,2024-09-02,,,,
R2,2024-03-01T10:00:00+01:00,answered_alternative,L2,2024-11-04,ma_vm|di_vm,2024-03-15,,
R2,2024-03-02T10:00:00+01:00,offer_declined,L2,,,,te ver,family
R2,2024-03-03T10:00:00+01:00,answered_no,L1,,,,volzet,
R2,2024-03-04T10:00:00+01:00,corrected,,2024-10-15,,,,desk
R2,2025-01-20T10:00:00+01:00,lapsed,,,,,geen antwoord,desk
R3,2024-03-05T10:00:00+01:00,merged_into,,,,,R4,desk
R4,2024-03-06T10:00:00+01:00,placed_directly,L2,,,,,desk
""",
}


def write_valid_folder(folder: Path) -> None:
    """Write the folder: UTF-8 without BOM, line feeds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
