n = 1
match n:
    case 1:
        pass
    default:
        pass
