import type zh from '../zh/help'

export default {
  title: 'Help',
  forRole: 'For the role',
  print: 'Print',
  daily: 'A day’s work',
  work: 'The work of the campaign',
  life: 'A hazard from discovery to closure',
  lifeIntro:
    'Every hazard moves on in this order. Its stage says where it is; whose turn it is finds it under “My to-do”. The one who fixes and the one who reviews must be two different accounts.',
  buttons: 'What the buttons mean',
  questions: 'Questions people ask',
  wall: 'The board of the meeting room',
  board: {
    link: {
      asked: 'How is a board hung up in the meeting room?',
      answer:
        'Under “Boards”, “Board links”, make a new link: say where it hangs, choose territory, scenes and how long it is valid. The address is shown only once: open it on the room’s computer and press F for the full screen. No sign-in is needed, it moves by itself, and shows no name and no phone number.',
    },
    code: {
      asked: 'How is it pointed by phone in a meeting?',
      answer:
        'Move the mouse on the board and press “Code for the room” (or Q), then scan it with a phone; no sign-in is needed. The board follows the scene that you press on the phone; “In turn” lets it turn by itself again. The code holds for half a day.',
    },
    drill: {
      asked: 'How do we get from the map to the plan of an enterprise?',
      answer:
        'On the scene of the four colours press a village to see its enterprises, then one that has a plan; “Back” (or the Backspace key) leads out. On the phone choose the village first, then the enterprise.',
    },
    meeting: {
      asked: 'How is “This meeting” used?',
      answer:
        'Press “Begin the meeting” when it begins: the board counts what has been closed and registered since, and lists what was closed. Press “End the meeting” afterwards.',
    },
    past: {
      asked: 'How do we see how things stood before?',
      answer:
        'Drag the time machine to any past moment, or replay thirty days in a minute. A look back has a yellow frame and says that it is not now; “Back to now” ends it, and left alone it ends by itself after half an hour.',
    },
    map: {
      asked: 'Can the map be our own?',
      answer:
        'Yes. Under “Board map” download the example, prepare a GeoJSON like it (each shape with the name or the code of its village) and press “Replace the map”. Villages that are not drawn stand below it; taken down, the schematic is back.',
    },
    revoke: {
      asked: 'How is it taken back afterwards?',
      answer:
        'Press “Revoke” under “Board links”: the board stops at once, and so do the phones that have scanned its code. “Last seen” tells which boards are still on.',
    },
  },
  stage: {
    DRAFT: 'Somebody has reported it; who may register it has to check it.',
    REGISTERED: 'Registered and numbered; the notice has to be issued. A major hazard needs its criterion first.',
    NOTIFIED: 'The notice with its deadline has gone to the enterprise, which has to accept it. A major hazard needs its five fixings approved first.',
    RECTIFYING: 'The enterprise is fixing it. It must say how, and add photos of the result.',
    PENDING_REVIEW: 'The enterprise says it is done; another person reviews it on site. If it is not right it goes back with a new deadline.',
    CLOSED: 'The review has passed and this hazard is over. The record stays and can no longer be changed.',
  },
  role: {
    TOWN_OFFICE: {
      intro: 'The town office looks after the whole town: it brings ledgers in, chases what is late, confirms major hazards and shows the board in meetings.',
      s1: 'Open “My to-do”. What waits for you is above, what to watch is below. Press a number to see the list behind it.',
      s2: 'Look first at “Late” and “Transfer proposed”. On a hazard you can urge, transfer, or put it under listed supervision.',
      s3: 'Ledgers in Excel come in by “Import a ledger”. You see the verdict on every row before anything is written; refused rows can be downloaded and corrected.',
      s4: 'Before a new hazard is saved, similar ones of the same enterprise are shown, so that nothing is registered twice.',
      s5: 'A major hazard needs a criterion, approved five fixings, and two persons to review it one after the other.',
      s6: 'Before a meeting make a link under “Boards” and open it in the meeting room. It moves by itself; revoke the link afterwards.',
      s7: '“Statistics” shows rates by village, station, trade and month. Where there is nothing to divide by it says “—”, not 100 %.',
      w1: '“Campaign” is the year’s progress: of each task how many owe it, how many have it and who lacks it, counted from the records. Special cases are exempted with a reason, shown beside the figure.',
      w2: 'Notices and commitments are issued for the whole town at once and printed as one PDF. A letter is complete when all four copies have their receipt; one entered by mistake can be withdrawn.',
      w3: 'Norms of each trade are drafted and published under “Norms”. Look at the difference before a new edition is published; enterprises are offered the upgrade.',
      w4: 'At the end of the month “Summaries” says which stations and villages have not reported: chase them, accept theirs, then sign the town’s. Signed figures stand; only the level above opens them again.',
      w5: 'Reports that people send by QR code wait under “Public reports”: make one a hazard, ask a station, or refuse it with a reason. Every look at a contact needs a reason and is recorded.',
      w6: 'The sample lists entries that look perfunctory, with the reasons; say after a look whether they were.',
    },
    STATION: {
      intro:
        'A station looks after the enterprises of its trade: it urges, guides, issues notices and reviews. This is guidance and not law enforcement, unless the station is authorised.',
      s1: 'Open “My to-do” and begin with “Notice to issue” and “To review”.',
      s2: 'On a visit, report what you find by phone: choose the enterprise, say where and what, take photos.',
      s3: 'A notice sets the deadline; for general hazards 3 to 15 days are usual.',
      s4: 'After the enterprise has submitted, review on site. Close it when it is right; otherwise return it with the reason and a new deadline. Nobody reviews what he fixed himself.',
      s5: 'If the deadline is near and nothing happens, urge: the enterprise is reminded. Several can be urged at once.',
      w1: '“Visit plan” says how often each enterprise is visited by its colour, and what to look at. A rising colour changes only what is still to come.',
      w2: 'Review dossier papers and self-assessments; send back with a reason.',
      w3: 'Enter who signed for notices and commitments; the copy on the board needs a photo.',
      w4: 'Send the month’s summary: the figures are filled in, you write practice, problems and what comes next, by midnight of the last day.',
      w5: 'Nominate benchmark enterprises and posts; write a plan for each enterprise that needs one.',
      w6: 'When you are away, hand over to a colleague under “Standing in”. The two count as one: one cannot fix and the other close.',
    },
    VILLAGE: {
      intro:
        'A village looks after what stands on its land: it patrols, reports, and verifies general hazards. It gives no orders; major hazards are handled by the station and the town.',
      s1: 'On patrol, open the app on your phone, press “Report a hazard”, choose the enterprise, say where and what, and take a photo or two.',
      s2: 'What is put right at once is “fixed on the spot”: take a second photo, and another person reviews it.',
      s3: 'Back at the office look at “My to-do”: general hazards you reported wait there for your review once they are fixed.',
      s4: 'If something looks major, report it all the same. The station or the town office decides whether it is.',
      w1: 'Send the month’s summary: the figures are filled in, a few words of yours are enough.',
      w2: 'Public reports of your village can be taken up and made hazards; refusing is for the town office.',
      w3: 'Look at the four colours first: patrol where it is red and orange.',
    },
    ENTERPRISE: {
      intro: 'The enterprise is responsible for putting things right: accept notices, name somebody, submit photos. It also looks for hazards itself.',
      s1: 'Open “My to-do” and look at “Notice to accept” first. Rectifying begins when you accept.',
      s2: 'Press “Assign” to name who is responsible. A major hazard needs its five fixings first: responsibility, measures, money, time and emergency plan.',
      s3: 'When it is done press “Submit for review”, say how it was fixed and add photos. Without a photo it cannot be submitted.',
      s4: 'If there is not enough time, ask for an extension before the deadline and say why. The first deadline is always kept.',
      s5: 'Report what you find yourself, too. General hazards may be reviewed by another person of the enterprise; major ones by the station and the town.',
      w1: 'On the first tab of your enterprise each card says how far one task is; press it to go on.',
      w2: 'Make the three lists with one press, then adapt them; a new edition of the norm is taken over for all at once and keeps your words.',
      w3: 'Do checks on the phone under “My checks”, also without a network. Print the post cards: the QR code and the PIN open them.',
      w4: 'Rate the risk points, draw the plan, print the notice cards.',
      w5: 'The dossier says what is missing and what runs out; hand papers in for review.',
      w6: 'Answer the self-assessment item by item, put right what was deducted, have it verified, then the principal signs; the report can be printed.',
    },
    WORKSHOP: {
      intro: 'The head of a workshop reports, assigns and sees things through in his workshop.',
      s1: 'Open “My to-do” to see what your workshop has to accept or rectify.',
      s2: 'Press “Assign” to name who fixes it; that person submits the photos.',
      s3: 'You review general hazards that posts reported; what you fixed yourself is reviewed by the safety officer.',
      w1: 'The lists of your workshop are under “My checks”; what fails becomes a hazard with one press.',
      w2: '5S and the six haves are done by workshop; a low score needs a photo.',
    },
    POST: {
      intro: 'Report what is unsafe at your post. It need not be long; a clear photo will do.',
      s1: 'Press “Report a hazard”, say where and what, add a photo and send it.',
      s2: 'When something is assigned to you, fix it, press “Submit for review” and add a photo.',
      s3: 'In an emergency get people out and cut the power first, then report.',
      w1: 'Scan the QR code of the post card and type the PIN to do the check before work; no network is needed.',
    },
    COUNTY: {
      intro: 'A county account reads and changes nothing. It sees the whole county; phone numbers are shown in part.',
      s1: 'The numbers on the home page are those of the county; press one to see the list.',
      s2: '“Statistics” adds up by town, village, station, trade and month; press a figure to see the hazards behind it.',
      s3: 'Every list can be exported to Excel: you get all that the present filter finds.',
      w1: '“Summaries” shows what the towns have signed and the table that goes up; they can be sent back.',
      w2: '“Ask” needs no query language; save a question and it runs at the end of every month.',
    },
    ADMIN: {
      intro: 'The administrator manages accounts, divisions and stations and handles no hazards.',
      s1: 'Create accounts under “Accounts”: choose the role, then the village, station or enterprise. Hand over the one-time password in person; it must be changed at the first sign-in.',
      s2: 'When somebody forgets the password, reset it. When somebody leaves, disable the account: the person is signed out at once, and the records stay.',
      s3: 'Villages, stations and their trades change; edit them under “Reference data”. What is no longer used gets an end date; nothing is deleted.',
      s4: 'Where the county has an identity provider, “Accounts” shows who is bound. People bind their own; where they cannot, you type in the identifier; unbind who leaves. Administrators always sign in with their password.',
      w1: 'Deadlines and days are changed under “Rules”; presets and code lists get new editions, earlier results stay.',
      w2: 'Robots of DingTalk and WeCom are connected under “Webhooks”; their keys are kept sealed, and no name or phone goes out.',
    },
  },
  button: {
    REPORT: { name: 'Report a hazard', does: 'Writes down a new hazard. It counts at once if you may register it; otherwise it waits for somebody who may.' },
    REGISTER: { name: 'Register', does: 'Checks what was reported and gives it a number. A major hazard needs its criterion.' },
    NOTIFY: { name: 'Issue the notice', does: 'Sets the deadline, gives the notice its number and sends it to the enterprise.' },
    REGRADE: { name: 'Regrade', does: 'To major: choose the criterion and give interim measures. To general: give the reason.' },
    APPROVE_PLAN: {
      name: 'Approve the five fixings',
      does: 'Confirms responsibility, measures, money, time and emergency plan; only then may a major hazard be rectified.',
    },
    URGE: { name: 'Urge', does: 'Reminds the enterprise; stage and deadline stay as they are.' },
    CLOSE: { name: 'Passed, close', does: 'Confirms that it is right and ends the hazard. A major hazard needs a second person to press it, too.' },
    RETURN: { name: 'Failed, return', does: 'Says what is not right and sets a new deadline. Returns are counted.' },
    DECIDE_EXTENSION: { name: 'Decide an extension', does: 'Approved, the new deadline holds; refused, the old one. The first deadline is kept for ever.' },
    LIST: { name: 'Listed supervision', does: 'Puts a major hazard on the list under a number; it is taken off when it is closed.' },
    TRANSFER: { name: 'Transfer', does: 'Hands over what the town has no power to handle: name the body and its receipt.' },
    VOID: { name: 'Void', does: 'For errors and duplicates. Give the reason; the record stays in the ledger but is not counted.' },
    IMPORT: { name: 'Import a ledger', does: 'Drop the Excel file, see the verdict on every row, then write. The same file twice changes nothing.' },
    BULK: {
      name: 'Bulk acts',
      does: 'Tick several, or take all that the filter finds. Each is checked by the same rules; refused ones are listed with the reason.',
    },
    FIX_ON_SPOT: { name: 'Fixed on the spot', does: 'Found and fixed on the same day, with photos before and after, reviewed by another person.' },
    ASSIGN: { name: 'Assign', does: 'Names who is responsible for putting it right.' },
    PLAN: { name: 'Fill in the five fixings', does: 'Needed for a major hazard: responsible person, measures, money, milestones and emergency plan.' },
    ACCEPT: { name: 'Accept the notice', does: 'Says that you know of it and begin.' },
    SUBMIT: { name: 'Submit for review', does: 'Say how it was fixed, add photos, and wait for the review.' },
    ASK_EXTENSION: { name: 'Ask for an extension', does: 'Before the deadline: give the reason and the day you need, then wait for the decision.' },
  },
  question: {
    password: {
      asked: 'I have forgotten my password.',
      answer: 'The administrator can reset it. You get a password for one sign-in and then choose your own.',
    },
    identity: {
      asked: 'What is “Sign in with …” on the sign-in page?',
      answer:
        'It is there where the county has an identity provider. The first time, sign in with your user name and password, press your name at the top right, choose “Ways to sign in”, press “Bind” and sign in there once; from then on you need no password here. “No account here is yours yet” means that you have not bound it, or have no account. On a shared computer sign out before you leave: the next person is then asked there who he is.',
    },
    notMine: {
      asked: 'Why can I not see an enterprise or a hazard?',
      answer:
        'You see what lies in your scope: a village its territory, a station its trade, an enterprise itself. If the scope is wrong, ask the town office.',
    },
    changed: {
      asked: 'It says that somebody else has just changed the record.',
      answer: 'Somebody acted after you had opened the page. Refresh to see how things stand, then decide. Nothing of theirs was overwritten.',
    },
    photo: {
      asked: 'A photo cannot be sent.',
      answer: 'On a bad line “Try again” appears; press it. Photos are made smaller before they are sent, and a phone’s camera can be used directly.',
    },
    closed: {
      asked: 'Can a closed hazard be changed?',
      answer: 'No. If the problem comes back, report it anew; the system marks recurring hazards.',
    },
    size: {
      asked: 'The type is too small.',
      answer: 'On a computer press one of the three letters at the top right; on a phone they are at the bottom of the menu.',
    },
    offline: {
      asked: 'It says that the network is down.',
      answer: 'What is open can still be read and what you typed stays. Send it when the network is back.',
    },
    phone: {
      asked: 'How do I use it on a phone?',
      answer: 'Open the same address in the phone’s browser and sign in. The row at the bottom holds the usual pages, the menu is at the top left.',
    },
  },
} satisfies typeof zh
